"""What endorsement hands to the factory."""

import endorsement.unchanging  # noqa: F401 - what is published stays as it is
from endorsement import versions
from endorsement.commands import framework as framework_commands
from endorsement.keeping import my_data
from web.contributions import Contribution

contribution = Contribution(
    name="endorsement",
    commands=(framework_commands,),
    content=(versions.load_default,),
    my_data=(my_data.sections,),
    things=my_data.THINGS,
    erasure=(my_data.erasure,),
)
