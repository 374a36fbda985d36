namespace AnomalyKit.Server.Hosting;

/// <summary>A page for people, whose address is said at the start.</summary>
/// <param name="Name">What it is, at the beginning of a sentence.</param>
/// <param name="Path">Where it is, with a slash in front.</param>
internal sealed record ServerPage(string Name, string Path);
