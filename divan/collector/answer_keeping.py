"""From the fields of a form to a kept answer: what is wrong with it, what admits it, and the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from divan.collector import pages
from divan.collector.answer_admission import OPEN, PROOF, Admission, AnswerGate, one, refused_code
from divan.collector.answer_rows import Sent
from divan.collector.closed_categories import ClosedCategories
from divan.collector.database import StorageSilentError, StorageUnavailableError
from divan.collector.doubts import examine
from divan.collector.pages import SenderPage
from divan.collector.posted_fields import Fields
from divan.collector.spending import CodeRefusedError
from divan.collector.writer import Writer
from surveys.model import Study, Wave
from surveys.questionnaire import Questionnaire
from surveys.validation import AnswerFault, Outcome, as_sent, validate


@dataclass(frozen=True)
class AnswerKeeping:
    """``today`` is the French civil day; ``proof_required`` doubts an answer without a proof of work."""

    writer: Writer
    gate: AnswerGate
    categories: ClosedCategories
    today: Callable[[], date]
    proof_required: bool = False

    async def keep(self, study: Study, wave: Wave, asked: Questionnaire | None, fields: Fields) -> SenderPage:
        """Keep the answer of a form that showed ``asked``, None when nobody knows; the page that says what became."""
        outcome = validate(asked, fields) if asked else as_sent(fields)
        admission = self.gate.admission(study.id, wave, fields) if wave.by_token else None
        refused = [admission] if isinstance(admission, AnswerFault) else []
        if outcome.faults or isinstance(admission, AnswerFault):
            return pages.to_correct([*refused, *outcome.faults])
        sent, receipt = self._sent(study, wave, asked, fields, outcome, admission)
        try:
            if asked and not sent.doubts:  # a doubtful one takes nobody's place
                full = await self.categories.take(study, wave, sent.submission, outcome.answers)
                if full:
                    return pages.category_full(full)
            await self.writer.keep(sent)
        except CodeRefusedError as why:
            self.categories.give_back(study, wave)
            return pages.to_correct([refused_code(str(why))])
        except StorageSilentError:
            return pages.not_known()
        except StorageUnavailableError:
            self.categories.give_back(study, wave)
            return pages.not_saved()
        return pages.thanks(receipt, wave.questionnaire.thanks)

    def _sent(
        self, study: Study, wave: Wave, asked: Questionnaire | None, fields: Fields, outcome: Outcome,
        admission: Admission | None,
    ) -> tuple[Sent, str]:  # fmt: skip
        key = self.gate.key
        submission = key.submission(study.id, wave.id, one(fields, "submission"))
        receipt = key.receipt(submission)
        proof_required = self.proof_required and not wave.by_token
        questions = len(asked.items) if asked else 0
        examined = examine(fields, key.secret, proof_required=proof_required, asked=questions)
        by = admission or Admission(PROOF if examined.proof else OPEN)
        return Sent(
            study=study.id,
            wave=wave.id,
            submission=submission,
            receipt=key.stored_receipt(receipt),
            day=self.today().isoformat(),
            definition=asked.digest if asked else "",
            answers=outcome.answers,
            doubts=examined.doubts if asked else (*examined.doubts, "version_unknown"),
            proof=examined.proof,
            proof_expires=examined.proof_expires,
            admission=by.how,
            code=by.code,
            token=by.token,
        ), receipt
