// Says what became of a tap, also to a screen reader: empty first, so that the same words are told again.
const tell = what => {
  document.querySelectorAll("[data-told]").forEach(each => {
    each.hidden = true;
    setTimeout(() => { each.hidden = each.dataset.told !== what; }, 100);
  });
};
