namespace AnomalyKit.Server.Hosting;

/// <summary>What a program that holds the service adds to it; the service by itself adds nothing.</summary>
/// <param name="Add">Adds services.</param>
/// <param name="Map">Maps endpoints.</param>
/// <param name="Page">The page for people among them; null for none.</param>
internal sealed record ServerAdditions(Action<IServiceCollection> Add, Action<WebApplication> Map, ServerPage? Page = null);
