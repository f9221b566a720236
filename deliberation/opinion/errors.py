"""Refusals of this room."""

from django.utils.translation import gettext_lazy as _

from elicitation.errors import DomainError


class ConversationThere(DomainError):
    code = "conversation_there"
    message = _(
        "This conversation is here already, as «%(name)s». Erase that one first, or leave it as it is."
    )
    status = 409


class NameTaken(DomainError):
    code = "conversation_name_taken"
    message = _("Another conversation here is called «%(name)s». Choose another name.")
    status = 409


class GraphThere(DomainError):
    code = "graph_there"
    message = _(
        "This graph is here already, as «%(name)s». Erase that one first, or leave it as it is."
    )
    status = 409


class GraphNameTaken(DomainError):
    code = "graph_name_taken"
    message = _("Another graph here is called «%(name)s». Choose another name.")
    status = 409


class GroupsUnreasonable(DomainError):
    code = "groups_unreasonable"
    message = _("Ask for %(fewest)s to %(most)s groups, or leave the number open.")
    status = 422


class AnalysisUnderWay(DomainError):
    code = "analysis_under_way"
    message = _("This is being computed already. Look again in a moment.")
    status = 409


class AnalysisOutlived(DomainError):
    code = "analysis_outlived"
    message = _("This result came too late and was not kept.")
    status = 409
