{% if site.audience != "public" %}
// The members' edition keeps nothing on a device; what another edition kept under this address goes away.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const names = caches.keys().then((all) => all.filter((name) => name.startsWith("divan-")));
  event.waitUntil(names.then((ours) => Promise.all(ours.map((name) => caches.delete(name)))).then(() => self.registration.unregister()));
});
{% else %}
const SITE = {{ {"first": first, "lang": site.lang, "kept": _("Pas de réseau&nbsp;: cette page est celle gardée sur cet appareil le {date}.")}|tojson }};
importScripts("{{ asset('offline/worker.js') }}");
{% endif %}
