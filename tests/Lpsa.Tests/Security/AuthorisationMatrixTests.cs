using Lpsa.Platform;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Lpsa.Tests;

/// <summary>
/// Every route with every kind of visitor. What a route demands is read from the endpoint where it says so, and from
/// <see cref="AccessTable"/> where it does not; who holds a permission stands in the table alone.
/// </summary>
public sealed class AuthorisationMatrixTests
{
    [Fact, Trait("Vulnerability", "15 broken object authorisation")]
    public async Task Every_route_stands_in_the_table_or_says_itself_whom_it_is_for()
    {
        await using var site = await TestSite.Start();
        var routes = Route.All(site);
        var named = AccessTable.Everyone.Concat(AccessTable.SigningIn).Concat(AccessTable.Links).ToList();
        var faults = new List<string>();
        foreach (var route in routes)
        {
            var isGuarded = route.Permission is not null || route.NeedsSignIn;
            if (!isGuarded && !named.Contains(route.Name))
                faults.Add($"{route.Name} requires nothing and stands in no list of AccessTable");
            if (isGuarded && named.Contains(route.Name))
                faults.Add($"{route.Name} is guarded, but AccessTable lists it as open");
            if (route is { NeedsSignIn: true, HasParameters: true } && !AccessTable.Owned.Any(o => o.Holds(route)))
                faults.Add($"{route.Name} takes an id from people who are signed in; say in AccessTable.Owned whose");
            // Something that is no service is taken for a JSON body, and another route is chosen for a plain visit.
            if (route.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } body)
                faults.Add(
                    $"{route.Name} wants a body of {string.Join(", ", body.ContentTypes)}; a parameter is unknown"
                );
            if (route.Permission is { } permission && !AccessTable.Permissions.ContainsKey(permission.Name))
                faults.Add($"{route.Name} requires {permission.Name}, which AccessTable.Permissions does not know");
        }
        var known = routes.Select(r => r.Name).ToHashSet();
        faults.AddRange(named.Where(n => !known.Contains(n)).Select(n => $"{n} is listed and does not exist"));
        faults.AddRange(named.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"{g.Key} is listed twice"));
        faults.AddRange(
            AccessTable.InForms.Where(f => !known.Contains(f.Route)).Select(f => $"{f.Route} does not exist")
        );
        faults.AddRange(
            AccessTable.Owned.Where(o => !routes.Any(o.Holds)).Select(o => $"no route begins with {o.Prefix}")
        );
        Breaches.None(faults);
        Assert.True(routes.Count > 150, $"only {routes.Count} routes were found");
    }

    [Fact, Trait("Vulnerability", "17 privilege escalation by role")]
    public async Task Each_permission_belongs_to_the_roles_of_the_table_and_no_other()
    {
        await using var site = await TestSite.Start();
        var permissions = site.Services.GetRequiredService<ModuleRegistry>().Permissions;
        Assert.Equal(
            AccessTable.Permissions.Select(p => $"{p.Key}: {string.Join(' ', p.Value.Order())}").Order(),
            permissions.Select(p => $"{p.Name}: {string.Join(' ', p.Roles.Order())}").Order()
        );
    }

    [Fact, Trait("Vulnerability", "15 broken object authorisation")]
    public async Task Every_visitor_gets_on_every_route_what_the_table_says()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        foreach (var visitor in AccessTable.Visitors)
        foreach (var route in scene.Routes.Where(r => r.Method == "GET"))
        {
            var answer = await scene.Ask(visitor, route);
            if (Complaint(visitor, route, answer) is { } complaint)
                faults.Add($"{route.Name} as {visitor} {complaint}");
        }
        Breaches.None(faults);
    }

    [Fact, Trait("Vulnerability", "15 broken object authorisation")]
    public async Task A_form_sent_without_the_right_changes_nothing()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        foreach (var visitor in AccessTable.Visitors)
        {
            var before = await scene.Contents();
            foreach (var route in scene.Routes.Where(r => r.Method != "GET"))
            {
                var may = route.Permission is { } permission
                    ? AccessTable.May(visitor, permission)
                    : visitor != AccessTable.Stranger || !route.NeedsSignIn;
                if (may)
                    continue;
                foreach (var values in Existing(scene, route).Append(null))
                {
                    var answer = await scene.Ask(visitor, route, values);
                    if (Complaint(visitor, route, answer) is { } complaint)
                        faults.Add($"{route.Name} as {visitor} {complaint}");
                }
            }
            faults.AddRange(
                SecurityScene.Differences(before, await scene.Contents()).Select(d => $"after {visitor}: {d}")
            );
        }
        Breaches.None(faults);
    }

    [Fact, Trait("Vulnerability", "29 forged forms")]
    public async Task Nobody_who_is_signed_in_sends_a_form_without_its_token()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        var before = await scene.Contents();
        foreach (var visitor in (string[])[Roles.Member, Roles.Editor, Roles.Administrator])
        foreach (var route in scene.Routes.Where(r => r.Method != "GET" && !r.TakesAnyOrigin))
        {
            var answer = await scene.Ask(visitor, route, withToken: false);
            // Trying secrets is limited before anything else is looked at.
            if (answer.Status is not (403 or 429))
                faults.Add($"{route.Name} as {visitor} without a token answered {answer.Short}");
        }
        faults.AddRange(SecurityScene.Differences(before, await scene.Contents()));
        Breaches.None(faults);
        Assert.Equal(
            ["POST /unsubscribe/{token}"],
            scene.Routes.Where(r => r.Method != "GET" && r.TakesAnyOrigin).Select(r => r.Name)
        );
    }

    [Fact, Trait("Vulnerability", "14 other people's ids")]
    public async Task Other_peoples_things_answer_exactly_like_things_that_do_not_exist()
    {
        await using var scene = await SecurityScene.Start();
        var faults = new List<string>();
        var before = await scene.Contents();
        foreach (var owned in AccessTable.Owned)
        foreach (var route in scene.Routes.Where(owned.Holds).Where(r => r.HasParameters))
        foreach (var visitor in AccessTable.Visitors)
        {
            if (owned.IsSeenBy(visitor, route))
                continue;
            var others = await scene.Ask(visitor, route, owned.Existing(scene));
            var nobodys = await scene.Ask(visitor, route);
            if (others.Status != nobodys.Status || Local(others.To) != Local(nobodys.To) || others.Body != nobodys.Body)
                faults.Add(
                    $"{route.Name} as {visitor}: {others.Short} for another's, {nobodys.Short} for one that is not there"
                );
        }
        faults.AddRange(SecurityScene.Differences(before, await scene.Contents()));
        Breaches.None(faults);

        // A redirect to sign-in carries the address that was wanted.
        static string Local(string to) => to.Split('?')[0];
    }

    [Fact, Trait("Vulnerability", "14 other people's ids")]
    public async Task An_id_of_somebody_else_in_a_form_does_what_a_made_up_one_does()
    {
        await using var scene = await SecurityScene.Start();
        var before = await scene.Contents();
        foreach (var (name, field, others) in AccessTable.InForms)
        foreach (var visitor in AccessTable.Visitors)
        {
            var route = scene.Routes.Single(r => r.Name == name);
            var theirs = await scene.Ask(visitor, route, fields: (field, others(scene)));
            var nobodys = await scene.Ask(visitor, route, fields: (field, "01234567-89ab-7cde-8f01-23456789abcd"));
            Assert.Equal((visitor, nobodys), (visitor, theirs));
        }
        Assert.Empty(SecurityScene.Differences(before, await scene.Contents()));
    }

    [Fact, Trait("Vulnerability", "19 acts by opening an address")]
    public async Task Opening_any_address_changes_nothing()
    {
        await using var scene = await SecurityScene.Start();
        var before = await scene.Contents();
        foreach (var visitor in (string[])[AccessTable.Stranger, Roles.Member, Roles.Administrator])
        foreach (var route in scene.Routes.Where(r => r.Method == "GET"))
        foreach (var values in Existing(scene, route).Append(null))
            await scene.Ask(visitor, route, values);
        Assert.Empty(SecurityScene.Differences(before, await scene.Contents()));
    }

    private static IEnumerable<Dictionary<string, string>?> Existing(SecurityScene scene, Route route) =>
        AccessTable.Owned.Where(o => o.Holds(route)).Select(o => o.Existing(scene));

    /// <summary>What is wrong with an answer to things that are not there; null when it is as the table says.</summary>
    private static string? Complaint(string visitor, Route route, Answer answer)
    {
        var isStranger = visitor == AccessTable.Stranger;
        if (answer.Status >= 500)
            return $"failed with {answer.Status}";
        if (isStranger && (route.Permission is not null || route.NeedsSignIn))
            return answer.AsksToSignIn ? null : $"was not asked to sign in but got {answer.Short}";
        if (route.Permission is { } permission && !AccessTable.May(visitor, permission))
            return answer.Status == 403 ? null : $"may not and got {answer.Short}";
        if (answer.Status == 403 || answer.AsksToSignIn && !AccessTable.SigningIn.Contains(route.Name))
            return $"may and got {answer.Short}";
        if (AccessTable.Links.Contains(route.Name) && answer.Status is not (404 or 410))
            return $"got {answer.Short} for a made-up link";
        return null;
    }
}
