using AnomalyKit.Files;
using AnomalyKit.Naming;

namespace AnomalyKit;

/// <summary>Artifacts of runs on the disk.</summary>
public static class RunArtifacts
{
    /// <summary>Copies all artifacts of a run into a folder. Each file appears whole or not at all; those that are there are replaced.</summary>
    /// <param name="reader">Where the run is kept.</param>
    /// <param name="runId">The run's identifier.</param>
    /// <param name="folder">The folder; created where it is not there.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <returns>The files, in the order of their paths within the run.</returns>
    /// <exception cref="RunTrackingException">There is no such run, it could not be read, or a path of a server leads out of the folder.</exception>
    /// <exception cref="IOException">A file cannot be written, or the server stopped sending it.</exception>
    public static async Task<IReadOnlyList<string>> SaveArtifactsAsync(this IRunReader reader, string runId, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var saved = new List<string>();
        foreach (var artifact in await reader.ListArtifactsAsync(runId, cancellationToken).ConfigureAwait(false))
        {
            // A server may say what it likes.
            if (ArtifactPath.ProblemOf(artifact.Path) is { } problem)
                throw new RunTrackingException($"An artifact of the run {runId} cannot be copied: its path {problem}.");
            string place = Path.Combine([folder, .. artifact.Path.Split('/')]);
            CheckLinks(folder, place);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            using var content = await reader.OpenArtifactAsync(runId, artifact.Path, cancellationToken).ConfigureAwait(false);
            using var file = new FileBeside(place);
            await content.CopyToAsync(file.Stream, cancellationToken).ConfigureAwait(false);
            file.Place();
            saved.Add(place);
        }

        return saved;
    }

    // The folder itself may be a link; nothing within it may lead elsewhere.
    private static void CheckLinks(string folder, string place)
    {
        for (string? part = place; part is not null && part.Length > folder.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
                throw new RunTrackingException($"'{part}' is a link, and artifacts are not written through links. Remove it, or name another folder.");
        }
    }
}
