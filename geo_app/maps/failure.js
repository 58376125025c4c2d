/*
 * What stands in place of the map if it cannot be shown: what happened and what to do. The words
 * are here, in both languages, since what failed may be what carries the words.
 */

const FAILURE_WORDS = {
  en: {
    title: "The map cannot be shown",
    truncated: "The data of the map arrived incomplete.",
    hash: "The data of the map was changed on its way: its checksum does not fit.",
    version: "The data of the map was made by another version of this map.",
    unsupported: "This browser cannot unpack the data of the map.",
    mismatch: "The shapes and the values of the map do not belong together.",
    other: "The data of the map could not be read.",
    again: "Load the page again, or fetch the file again. If that does not help, the map has to be built again.",
    browser: "Use a newer browser: Chrome or Edge 80, Firefox 113, Safari 16.4, or later.",
    table: "If this page has a table, it holds the same figures.",
  },
  es: {
    title: "No se puede mostrar el mapa",
    truncated: "Los datos del mapa llegaron incompletos.",
    hash: "Los datos del mapa cambiaron en el camino: su suma de control no coincide.",
    version: "Los datos del mapa son de otra versión de este mapa.",
    unsupported: "Este navegador no puede descomprimir los datos del mapa.",
    mismatch: "Las formas y los valores del mapa no se corresponden.",
    other: "No se pudieron leer los datos del mapa.",
    again: "Vuelva a cargar la página o a descargar el archivo. Si no basta, hay que generar el mapa de nuevo.",
    browser: "Use un navegador más reciente: Chrome o Edge 80, Firefox 113, Safari 16.4 o posterior.",
    table: "Si esta página tiene una tabla, contiene las mismas cifras.",
  },
};

class FailurePanel {
  /**
   * @param {HTMLElement} container of the Leaflet map, which is hidden meanwhile
   * @param {Error & {reason?: string}} error
   * @param {string} [lang] of the map, if its head could be read
   */
  constructor(container, error, lang) {
    const known = [lang, document.documentElement.lang, "en"].map((each) => each?.slice(0, 2));
    const language = known.find((each) => each in FAILURE_WORDS);
    const words = FAILURE_WORDS[language];
    const reason = error?.reason in words ? error.reason : "other";
    const todo = reason === "unsupported" ? words.browser : words.again;
    const detail = make("p", "tc-failure-detail", { text: `${error?.message ?? error}` });
    this.container = container;
    this.root = make("section", "tc tc-failure", { role: "alert", lang: language, "data-reason": reason }, [
      make("h2", "tc-title", { text: words.title }),
      make("p", "tc-failure-cause", { text: words[reason] }),
      make("p", "", { text: `${todo} ${words.table}` }),
      detail,
    ]);
    container.before(this.root);
    this.display = container.style.display;
    container.style.display = "none";
  }

  remove() {
    this.root.remove();
    this.container.style.display = this.display;
  }
}
