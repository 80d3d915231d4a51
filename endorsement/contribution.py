"""What endorsement hands to the factory."""

import endorsement.unchanging  # noqa: F401 - what is published stays as it is
from endorsement.keeping import my_data
from web.contributions import Contribution

contribution = Contribution(
    name="endorsement",
    my_data=(my_data.sections,),
    things=my_data.THINGS,
    erasure=(my_data.erasure,),
)
