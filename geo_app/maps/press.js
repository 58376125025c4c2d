/*
 * Choosing by mouse and by finger: a click chooses one area, a click with Ctrl, Shift or Meta
 * and a long press add one to the others.
 */

/** As long as a system waits before it calls a touch long. */
const LONG_PRESS_MS = 500;

/** A finger may tremble so far and still be pressing. */
const TREMBLE_PX = 10;

const isAdding = (event) => Boolean(event?.ctrlKey || event?.metaKey || event?.shiftKey);

class Press {
  /** @param {(code: string, how: {add: boolean}) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.spent = false;
  }

  click(code, event) {
    // The click at the end of a long press belongs to the press.
    if (!this.spent) this.choose(code, { add: isAdding(event) });
    this.spent = false;
  }

  watch(node, code) {
    node.addEventListener("pointerdown", (event) => this.begin(event, code));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) node.addEventListener(end, () => this.stop());
    node.addEventListener("pointermove", (event) => this.follow(event));
    // Else the system's own menu comes up at the same moment.
    node.addEventListener("contextmenu", (event) => event.pointerType === "touch" && event.preventDefault());
  }

  begin(event, code) {
    this.stop();
    this.spent = false;
    if (event.pointerType !== "touch") return;
    this.from = { x: event.clientX, y: event.clientY };
    this.timer = setTimeout(() => {
      this.spent = true;
      this.choose(code, { add: true });
    }, LONG_PRESS_MS);
  }

  follow({ clientX, clientY }) {
    if (this.timer && Math.hypot(clientX - this.from.x, clientY - this.from.y) > TREMBLE_PX) this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  remove() {
    this.stop();
  }
}
