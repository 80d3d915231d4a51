"""What endorsement hands to the factory."""

import endorsement.unchanging  # noqa: F401 - what is published stays as it is
from endorsement import versions
from endorsement.commands import framework as framework_commands
from endorsement.evidence import contribution as evidence
from endorsement.framework.wording import rules_in_words
from endorsement.keeping import my_data
from endorsement.public.views import bp as public_pages
from endorsement.sending import contribution as sending
from web.contributions import Contribution

contribution = Contribution(
    name="endorsement",
    blueprints=(public_pages, *evidence.blueprints),
    template_globals={**evidence.wording, "rules_in_words": rules_in_words},
    commands=(framework_commands, sending.commands),
    content=(versions.load_default,),
    my_data=(my_data.sections, sending.my_data),
    things={**my_data.THINGS, **sending.THINGS},
    erasure=(my_data.erasure, sending.erasure),
    retention=(sending.retention,),
    merging=(sending.merging,),
)
