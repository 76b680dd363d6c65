const WORDS = {{ {
  "closed": _("L’espace des membres est fermé."),
  "absent": _("Cette page n’est pas, ou n’est plus, dans l’espace des membres."),
  "altered": _("Ce fichier n’est pas celui que le forum a publié&nbsp;: il a été altéré, échangé contre un autre, ou il est plus ancien. Rien n’en est montré. Prévenez les modérateurs."),
  "older": _("L’hébergeur montre une version plus ancienne que celle que cet appareil a déjà lue. Rien n’en est montré. Prévenez les modérateurs."),
  "unreachable": _("Pas de réseau, ou l’hébergeur ne répond pas."),
}|tojson }};
importScripts("../{{ asset('members/wrapped.js') }}", "../{{ asset('members/device.js') }}", "../{{ asset('members/worker.js') }}");
