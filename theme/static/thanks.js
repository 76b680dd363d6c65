// The receipt, shown once on the page that thanks; it came with the collector's reply and is kept nowhere else.
const receipt = sessionStorage.getItem("divan:receipt");
const place = document.getElementById("recu");
if (receipt && place) {
  place.querySelector("code").textContent = receipt;
  place.hidden = false;
}
sessionStorage.removeItem("divan:receipt");
