namespace Lpsa.Platform;

/// <summary>One feature of the product. <c>Program.cs</c> holds the only list of modules; nothing is scanned for.</summary>
public abstract class Module
{
    public abstract void Configure(ModuleBuilder m);
}
