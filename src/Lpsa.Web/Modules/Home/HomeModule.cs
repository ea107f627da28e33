using Lpsa.Platform;

namespace Lpsa.Home;

/// <summary>The front page and the frame around every page.</summary>
public sealed class HomeModule : Module
{
    public override void Configure(ModuleBuilder m)
    {
        m.Pages(ShowHome.Map);
    }
}
