// Share this page: by the device's own sheet, else as an address to copy.
for (const share of document.querySelectorAll(".share")) {
  const address = document.querySelector(".address"), input = address.querySelector("input");
  const url = location.origin + location.pathname;

  const copy = async () => {
    address.hidden = false;
    input.value = url;
    input.select();
    await navigator.clipboard?.writeText(url).then(() => tell("copied")).catch(() => {});
  };

  share.onclick = () => {
    if (!navigator.share) return copy();
    return navigator.share({ title: document.title, url }).catch(error => error.name === "AbortError" || copy());
  };
  share.hidden = false;
}
