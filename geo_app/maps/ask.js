/* The Streamlit component without a body: what of a map the page wants to be seen. */

export default function askTimeMap({ data }) {
  const { key, ...asked } = data;
  Link.of(key).ask(asked);
}
