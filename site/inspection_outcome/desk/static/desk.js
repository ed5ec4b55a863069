// What a script adds: choosing in the page, facts that insert themselves, a warning about unsaved words.
const form = document.getElementById("words");
const boxes = form ? [...form.querySelectorAll("textarea")] : [];
const frame = document.querySelector("iframe[data-choose]");
document.querySelectorAll(".scripted:not(.unsaved)").forEach(each => { each.hidden = false; });

// A click on a sentence of the page opens it; a link there leads nowhere else.
const choose = () => {
  const page = frame.contentDocument;
  if (!page || !page.body || page.body.classList.contains("desk-choose")) return;
  page.body.classList.add("desk-choose");
  page.addEventListener("click", event => {
    const sentence = event.target.closest("[data-sentence]");
    if (sentence || event.target.closest("a, button")) event.preventDefault();
    if (sentence) location.assign(frame.dataset.choose.replace("ID", sentence.dataset.sentence));
  });
};
if (frame) {
  // Below the form, some browsers would scroll this page, too, to the sentence in the frame.
  const [page, id] = frame.src.split("#");
  if (id && getComputedStyle(frame.parentElement).position !== "fixed") {
    frame.src = page;
    frame.addEventListener("load", () => {
      const there = frame.contentDocument.getElementById(id);
      if (!there) return;
      there.classList.add("desk-here");
      frame.contentWindow.scrollTo(0, there.getBoundingClientRect().top - frame.clientHeight / 3);
    }, {once: true});
  }
  frame.addEventListener("load", choose);
  choose();
}

// Facts become buttons that put themselves where the cursor was last.
let last = boxes[0];
boxes.forEach(box => box.addEventListener("focus", () => { last = box; }));
document.querySelectorAll("[data-insert]").forEach(fact => {
  const button = document.createElement("button");
  button.type = "button";
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
    if (shows) frame.scrollIntoView({block: "nearest"});
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("beforeunload", event => { if (typed() && !sent) event.preventDefault(); });
}
