"""Every table of the product, so that migrations and tests see them all."""

from app.base import models as base
from app.broadcasts import models as broadcasts
from app.delivery import models as delivery
from app.live import models as live
from app.people import models as people
from app.plans import models as plans
from app.plans.workarounds import models as workarounds
from app.response import models as response
from app.response.amending import models as amending
from app.response.models import command
from app.services import models as services
from app.sync import models as sync

__all__ = [
    "amending",
    "base",
    "broadcasts",
    "command",
    "delivery",
    "live",
    "people",
    "plans",
    "response",
    "services",
    "sync",
    "workarounds",
]
