"""What may be sent to the moderators: its kinds, how it is read, and the files that it makes once it is published."""

from divan.forum.proposal.files import Picture, files_of
from divan.forum.proposal.from_fields import is_on_topic, read_proposal
from divan.forum.proposal.kinds import Field, ProposalKind, load_kinds
from divan.forum.proposal.offered import FaultsFound, FieldFault, Proposal

__all__ = [
    "FaultsFound",
    "Field",
    "FieldFault",
    "Picture",
    "Proposal",
    "ProposalKind",
    "files_of",
    "is_on_topic",
    "load_kinds",
    "read_proposal",
]
