"""POST /enquetes/STUDY/WAVE/jeton: a code is spent, and what a device has blinded comes back signed, unseen.

Asked again with the same blinded token, the code gives the same signature: a device that was cut off loses nothing.
"""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from divan.collector import pages
from divan.collector.answer_admission import AnswerGate, one, refused_code, unpacked
from divan.collector.database import StorageUnavailableError
from divan.collector.pages import HEADERS, SenderPage, refused
from divan.collector.posted_fields import Fields
from divan.collector.spending import SPENT, CodeRefusedError
from divan.collector.store import AnswerStore
from surveys.model import Wave
from surveys.validation import INVITATION, AnswerFault

BLINDED = "blinded"


@dataclass(frozen=True)
class SignedTokens:
    """Signs for whoever has a code that has not served."""

    store: AnswerStore
    gate: AnswerGate

    async def sign(self, study: str, wave: Wave, fields: Fields) -> Response | SenderPage:
        """The signature, or the page that says why there is none."""
        code = self.gate.code(study, wave.id, one(fields, INVITATION))
        if isinstance(code, AnswerFault):
            return pages.to_correct([code])
        try:
            return await asyncio.to_thread(self._sign, study, wave.id, code, unpacked(one(fields, BLINDED)))
        except CodeRefusedError as why:
            return pages.to_correct([refused_code(str(why))])
        except ValueError:
            return refused(400, "Cette demande est illisible.")
        except StorageUnavailableError:
            return pages.not_saved()

    def _sign(self, study: str, wave: str, code: str, blinded: bytes) -> Response:
        key = self.gate.signing(study, wave)
        if key is None:
            raise StorageUnavailableError("signing key")
        signature = key.sign(blinded)  # before the code is spent: what is no blinded token costs nothing
        if not self.store.spend(study, wave, code, self.gate.key.blinded(study, wave, blinded.hex())):
            raise CodeRefusedError(SPENT)
        told = base64.urlsafe_b64encode(signature).decode().rstrip("=")
        return JSONResponse({"signature": told}, headers=HEADERS)
