/*
 * What is under the pointer or has the focus: a ring on all maps, the line of the legend, the
 * tooltip or the live region.
 */
class Pointing {
  /** @param {object} parts `model`, `stages`, `legend`, `frame`, `sparks`, `steps()`, `sheets()` */
  constructor(parts) {
    Object.assign(this, parts);
    this.at = null;
  }

  enter(code, event, stage) {
    const isNew = this.at?.code !== code || this.at.stage !== stage;
    this.at = { code, stage, area: this.model.codes.indexOf(code), place: stage.placeOf(code, event) };
    if (!isNew) {
      stage.moveTip(this.at.place);
      return;
    }
    this.stages.tell("surround", "active", [code]);
    this.stages.hideTips();
    this.light();
    if (!event) this.frame.announce(sentenceOf(this.model, this.sheets(), this.at.area));
    // A finger reads below the map what it has touched; the tooltip would lie over the map.
    if (!isTouch()) this.tip();
  }

  light() {
    const { stage, area } = this.at;
    this.legend.pointOut(this.sheets()[this.stages.all.indexOf(stage)].row[area]);
  }

  tip() {
    const { stage, area, place } = this.at;
    const spark = this.model.stepCount > 1 ? this.sparks.draw(area, this.steps()) : null;
    stage.showTip(tipOf(this.model, this.sheets(), area, spark), place);
  }

  /** The step under a resting pointer has changed: what is said of the area follows it. */
  renew() {
    if (!this.at) return;
    this.light();
    if (!this.at.stage.tip.hidden) this.tip();
  }

  leave() {
    this.at = null;
    this.stages.tell("surround", "active", []);
    this.legend.pointOut(null);
    this.stages.hideTips();
  }
}
