// What a script adds: choosing in the page, facts that insert themselves, a warning about unsaved words.
const form = document.getElementById("words");
const boxes = form ? [...form.querySelectorAll("textarea")] : [];
let frame = document.querySelector("iframe[data-choose]");
document.querySelectorAll(".scripted:not(.unsaved)").forEach(each => { each.hidden = false; });

// The frame begins at its sentence. A click on another opens that; a link there leads nowhere else.
const look = () => {
  const page = frame.contentDocument;
  if (!page || !page.body || page.body.classList.contains("desk-choose")) return;
  page.body.classList.add("desk-choose");
  page.addEventListener("click", event => {
    const sentence = event.target.closest("[data-sentence]");
    if (sentence || event.target.closest("a, button")) event.preventDefault();
    if (sentence) location.assign(frame.dataset.choose.replace("ID", sentence.dataset.sentence));
  });
  const here = page.querySelector(".desk-here");
  const shown = frame.contentWindow;
  if (here) shown.scrollTo(0, shown.scrollY + here.getBoundingClientRect().top - frame.clientHeight / 3);
};
const watch = () => {
  frame.addEventListener("load", look);
  look();
};
if (frame) watch();

// Facts become buttons that put themselves where the cursor was last.
let last = boxes[0];
boxes.forEach(box => box.addEventListener("focus", () => { last = box; }));
document.querySelectorAll("[data-insert]").forEach(fact => {
  const button = document.createElement("button");
  button.type = "button";
  button.title = "Put it into the box";
  button.className = fact.className;
  button.append(...fact.childNodes);
  button.addEventListener("click", () => {
    last.setRangeText(fact.dataset.insert, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", {bubbles: true}));
  });
  fact.replaceWith(button);
});

// Nobody leaves with words that are not saved without being asked.
if (form) {
  let sent = false;
  const typed = () => "unsaved" in form.dataset || boxes.some(box => box.value !== box.defaultValue);
  const told = form.querySelector(".unsaved");
  form.addEventListener("input", () => { told.hidden = !typed(); });
  form.addEventListener("submit", event => {
    const shows = event.submitter && event.submitter.hasAttribute("data-show");
    sent = !shows;
    if (!shows) return;
    // To a sentence in the frame, a browser would scroll this page, too: see `look`.
    event.submitter.formAction = event.submitter.formAction.split("#")[0];
    // In a new frame, the first page adds nothing to what the browser goes back through.
    const old = frame;
    frame = old.cloneNode();
    frame.removeAttribute("src");
    old.replaceWith(frame);
    watch();
    frame.scrollIntoView({block: "nearest"});
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("beforeunload", event => { if (typed() && !sent) event.preventDefault(); });
}
