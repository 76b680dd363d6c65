// The receipt, on the page that thanks, as long as its tab is open; it came with the collector's reply.
const receipt = sessionStorage.getItem(`divan:recu:${location.pathname}`);
const place = document.getElementById("recu");
if (receipt && place) {
  place.querySelector("code").textContent = receipt;
  place.hidden = false;
}
