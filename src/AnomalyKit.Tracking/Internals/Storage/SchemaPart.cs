namespace AnomalyKit.Storage;

/// <summary>The tables of one part of the package, as steps that are only ever added to.</summary>
/// <param name="Name">The part's name, for example <c>runs</c>; unique in a file.</param>
/// <param name="Steps">SQL by version: step 0 creates version 1, step 1 brings version 1 to 2, and so on. A step may hold several statements.</param>
internal sealed record SchemaPart(string Name, params string[] Steps);
