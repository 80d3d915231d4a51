"""What credentials hand to the factory.  My-data, erasing and retention are the issuers'."""

from flask_babel import lazy_gettext as _l

from web.contributions import Contribution
from web.credentials.commands import signing_keys
from web.credentials.models import Credential, SigningKey
from web.credentials.views import bp
from web.credentials.words import GLOBALS

contribution = Contribution(
    name="credentials",
    blueprints=(bp,),
    commands=(signing_keys,),
    template_globals=GLOBALS,
    things={
        Credential.__tablename__: _l("a credential"),
        SigningKey.__tablename__: _l("a key that signs credentials"),
    },
)
