/* The Streamlit component without a body: which period and which area the page wants shown. */

export default function askTimeMap({ data }) {
  Link.of(data.key).ask({ period: data.period, selected: data.selected });
}
