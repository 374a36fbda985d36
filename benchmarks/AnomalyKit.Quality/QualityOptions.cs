namespace AnomalyKit.Quality;

/// <summary>What to run.</summary>
/// <param name="Folder">The folder of data sets.</param>
/// <param name="Detectors">A comma-separated list of detectors, or nothing for all.</param>
/// <param name="Seeds">Seeds 1 to this.</param>
/// <param name="Out">The JSON file to keep results in, or nothing.</param>
/// <param name="Force">Whether results that the file holds are measured again.</param>
internal sealed record QualityOptions(string Folder, string? Detectors, int Seeds, string? Out, bool Force);
