/*
 * Street tiles under the areas: the only thing that is ever asked of another host, and only when
 * the reader chooses it. A file of a map, which asks nobody, leaves this script out.
 */

/** So long without a tile, and one may say that none comes. */
const TILE_PATIENCE_MS = 8000;

/** Street tiles under the areas, with the name of their makers, and a notice when none comes. */
class Streets {
  /**
   * @param {L.Map} map on the mercator layout, before the areas are put on it
   * @param {HTMLElement} slot that holds the map; it is told by the class tc-streets
   * @param {{streets_address: string, streets_credit: string, streets_failed: string}} words
   *   address of the tiles, whom to name, and what to say when none comes
   */
  constructor(map, slot, { streets_address: address, streets_credit: credit, streets_failed: failed }) {
    this.slot = slot;
    this.failed = failed ?? "";
    this.credit = make("p", "tc-credit", { text: credit });
    this.notice = make("p", "tc-notice", { role: "status", hidden: "" });
    slot.classList.add("tc-streets");
    slot.append(this.credit, this.notice);
    this.tiles = L.tileLayer(address, { maxNativeZoom: 19, maxZoom: 30, minZoom: -30 });
    this.tiles.on({ tileload: () => this.onTile(), tileerror: () => this.onFault() });
    this.timer = setTimeout(() => this.onFault(), TILE_PATIENCE_MS);
    this.tiles.addTo(map);
  }

  onTile() {
    clearTimeout(this.timer);
    this.hasCome = true;
    this.slot.classList.add("tc-streets-here");
    this.notice.hidden = true;
  }

  /** One tile among others may fail; a map without any needs a word, and stands all the same. */
  onFault() {
    if (this.hasCome) return;
    this.notice.textContent = this.failed;
    this.notice.hidden = this.failed === "";
  }

  remove() {
    clearTimeout(this.timer);
    this.tiles.off().remove();
    this.slot.classList.remove("tc-streets", "tc-streets-here");
    this.credit.remove();
    this.notice.remove();
  }
}
