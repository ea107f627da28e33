using Lpsa.Platform;

namespace Lpsa.Organisations;

static class OrganisationsPermissions
{
    public static readonly Permission Edit = new(
        "organisations.edit",
        "Add, change and merge organisations",
        Roles.Editor,
        Roles.Secretariat
    );
    public static readonly Permission Decide = new(
        "organisations.decide",
        "Decide on requests for recognition, on partners and seats on the Advisory Board",
        Roles.Editor,
        Roles.Secretariat
    );
}
