/*
 * Unpacks and runs what an exported page holds, or says why it cannot. It stands in the page as it
 * is, before the packed parts, so that a file that was cut off still says so.
 */
document.addEventListener("DOMContentLoaded", async () => {
  const signs = "$signs";
  /* Five signs are four bytes; the last group may be shorter. */
  const bytes = (name) => {
    const text = document.getElementById(`page-${name}`).textContent;
    const whole = Math.ceil(text.length / 5);
    const view = new DataView(new ArrayBuffer(whole * 4));
    for (let group = 0; group < whole; group += 1) {
      let value = 0;
      for (let at = group * 5; at < group * 5 + 5; at += 1) {
        value = value * 85 + (at < text.length ? signs.indexOf(text[at]) : 84);
      }
      view.setUint32(group * 4, value);
    }
    return new Uint8Array(view.buffer, 0, Math.floor((text.length * 4) / 5));
  };
  const unpacked = async (name) => {
    const stream = new Blob([bytes(name)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return (await new Response(stream).text()).split("\0");
  };
  const add = (tag, text) => {
    document.head.append(Object.assign(document.createElement(tag), { textContent: text }));
  };
  try {
    const parts = [await unpacked("leaflet"), await unpacked("own")];
    for (const [style, script] of parts) {
      add("style", style);
      add("script", script);
    }
    await startMapPage(JSON.parse(parts[1][2]), bytes("geometry"), bytes("series"));
  } catch {
    const panel = document.getElementById("page-failure");
    const isOld = typeof DecompressionStream === "undefined";
    panel.querySelector("p").textContent = isOld ? panel.dataset.unsupported : panel.dataset.damaged;
    panel.hidden = false;
  }
});
