"""A moderator at the desk: signed in by their link, reading a page's hidden fields, pressing its buttons."""

import re
from dataclasses import dataclass

from starlette.testclient import TestClient

from divan.desk.moderators import Moderators
from tests.proposals.sending import ORIGIN, Opened

FROM_US = {"origin": ORIGIN}


def browser(forum: Opened) -> TestClient:
    return TestClient(forum.client.app, base_url=ORIGIN, client=("127.0.0.1", 50001))


@dataclass(frozen=True)
class AtDesk:
    client: TestClient

    def token(self, page: str = "/desk/retirer") -> str:
        return re.findall(r'name="token" value="([0-9a-f]+)"', self.client.get(page).text)[0]

    def press(self, uid: str, action: str, **fields: str):  # type: ignore[no-untyped-def]
        page = self.client.get(f"/desk/propositions/{uid}").text
        version = re.findall(r'name="version" value="(\d+)"', page)[0]
        sent = {"token": self.token(), "version": version, "action": action, **fields}
        return self.client.post(f"/desk/propositions/{uid}", data=sent, headers=FROM_US, follow_redirects=False)


def sign_in(forum: Opened, name: str = "Anouk") -> AtDesk:
    token = Moderators(forum.store.engine).invite(name)
    client = browser(forum)
    entered = client.post(f"/desk/entrer/{token}", data={"device": "Essai"}, headers=FROM_US, follow_redirects=False)
    assert entered.status_code == 303
    return AtDesk(client)
