namespace AnomalyKit.Protocol;

/// <summary>Artifacts on an MLflow server, as far as the server hands them on itself.</summary>
internal sealed class MlflowArtifacts(MlflowHttp http)
{
    private const string Scheme = "mlflow-artifacts:";

    /// <summary>Where a run's artifacts are.</summary>
    public async Task<string> RootAsync(string run, CancellationToken cancellationToken)
    {
        using var found = await http.GetAsync("runs/get", [("run_id", run)], cancellationToken).ConfigureAwait(false);
        return found.RootElement.Part("run").Part("info").Needed("artifact_uri");
    }

    /// <summary>Brings an artifact to the server.</summary>
    public Task UploadAsync(string root, string path, Stream content, CancellationToken cancellationToken) => http.UploadAsync(Place(root, path), content, cancellationToken);

    public Task<Stream> DownloadAsync(string root, string path, CancellationToken cancellationToken) => http.DownloadAsync(Place(root, path), cancellationToken);

    /// <summary>All files of a run, in folders of folders.</summary>
    public async Task<List<RunArtifact>> ListAsync(string run, CancellationToken cancellationToken)
    {
        var files = new List<RunArtifact>();
        var folders = new Stack<string?>([null]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (folders.TryPop(out string? folder))
        {
            var pages = new PageTokens(http.Server);
            do
            {
                using var page = await http.GetAsync(
                    "artifacts/list", [("run_id", run), .. folder is null ? Array.Empty<(string, string)>() : [("path", folder)], .. pages.Query], cancellationToken).ConfigureAwait(false);
                foreach (var file in page.RootElement.Items("files"))
                {
                    string path = file.Needed("path");
                    if (!file.TryGetProperty("is_dir", out var isFolder) || isFolder.ValueKind != System.Text.Json.JsonValueKind.True)
                        files.Add(new RunArtifact(path, file.Integer("file_size") ?? 0));
                    else if (seen.Add(path))
                        folders.Push(path);
                }

                pages.Take(page.RootElement);
            }
            while (pages.IsMore);
        }

        files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return files;
    }

    /// <summary>The place below the server's own root.</summary>
    /// <exception cref="ServerRefusalException">The server does not hand artifacts on.</exception>
    private static string Place(string root, string path)
    {
        if (!root.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw new ServerRefusalException(
                "NOT_PROXIED", $"The server keeps artifacts at '{root}', which clients would have to reach by themselves. Start it with --serve-artifacts, and a new experiment.");
        }

        string place = root[Scheme.Length..];
        // mlflow-artifacts://host/path or mlflow-artifacts:/path
        if (place.StartsWith("//", StringComparison.Ordinal))
            place = place.IndexOf('/', 2) is var slash and > 0 ? place[slash..] : string.Empty;
        return $"{place.Trim('/')}/{path}";
    }
}
