// Share this page: by the device's own sheet, else as an address to copy.
{
  const share = document.querySelector(".share"), address = document.querySelector(".address"), input = address.querySelector("input");
  const url = location.origin + location.pathname;
  share.onclick = async () => {
    if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
    address.hidden = false;
    input.value = url;
    input.select();
    await navigator.clipboard?.writeText(url).then(() => window.tell("copied")).catch(() => {});
  };
  share.hidden = false;
}
