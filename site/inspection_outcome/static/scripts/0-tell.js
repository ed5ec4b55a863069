// Says what became of a tap, also to a screen reader: empty first, so that the same words are told again.
let telling;
const tell = what => {
  clearTimeout(telling);
  document.querySelectorAll("[data-told]").forEach(each => { each.hidden = true; });
  telling = setTimeout(() => { document.querySelector(`[data-told=${what}]`).hidden = false; }, 100);
};
