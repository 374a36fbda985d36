using System.Text;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Stores;

/// <summary>Files of runs: none leads out of its place.</summary>
public sealed class ArtifactTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;
    private readonly ITrackedRun _run;

    public ArtifactTests()
    {
        _store = RunStore.Open(_folder.File("runs.db"));
        _run = _store.StartRun(new RunStart("payments"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a/..%2f..")]
    [InlineData("a\\..\\..\\x")]
    [InlineData("C:/x")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a;b")]
    [InlineData("a//b")]
    [InlineData("./x")]
    [InlineData("x/.")]
    [InlineData("x/..")]
    [InlineData("x/.. ")]
    [InlineData("x\0y")]
    public async Task Paths_that_lead_out_are_refused(string path)
    {
        Assert.Throws<ArgumentException>(() => _run.LogArtifact(path, new MemoryStream([1])));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.OpenArtifactAsync(_run.Id, path));
        Assert.Empty(await _store.ListArtifactsAsync(_run.Id));
        Assert.Equal(["runs.db"], Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Where(name => !name!.Contains("-wal") && !name.Contains("-shm")));
    }

    [Fact]
    public async Task A_planted_link_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
            return;
        string outside = _folder.File("outside/precious.txt");
        File.WriteAllText(outside, "precious");
        _run.LogArtifact("first", Content("x"));
        string kept = Assert.Single(Directory.GetFiles(_folder.File("runs.db.artifacts"), "*", SearchOption.AllDirectories));
        File.Delete(kept);
        File.CreateSymbolicLink(kept, outside);
        Assert.Throws<RunTrackingException>(() => _run.LogArtifact("second", Content("x")));
        await Assert.ThrowsAsync<RunTrackingException>(() => _store.OpenArtifactAsync(_run.Id, "first"));
        File.Delete(kept);
        Directory.Delete(Path.GetDirectoryName(kept)!);
        Directory.CreateSymbolicLink(Path.GetDirectoryName(kept)!, Path.GetDirectoryName(outside)!);
        Assert.Throws<RunTrackingException>(() => _run.LogArtifact("third", Content("x")));
        Assert.Equal("precious", File.ReadAllText(outside));
        Assert.Equal([outside], Directory.GetFiles(Path.GetDirectoryName(outside)!));
    }

    [Fact]
    public async Task Equal_contents_lie_there_once_and_a_path_takes_the_last_one()
    {
        _run.LogArtifact("a", Content("one"));
        _run.LogArtifact("b/c", Content("one"));
        _run.LogArtifact("a", Content("two"));
        Assert.Equal(2, Directory.GetFiles(_folder.File("runs.db.artifacts"), "*", SearchOption.AllDirectories).Length);
        Assert.Equal(["a", "b/c"], (await _store.ListArtifactsAsync(_run.Id)).Select(artifact => artifact.Path));
        using var reader = new StreamReader(await _store.OpenArtifactAsync(_run.Id, "a"));
        Assert.Equal("two", reader.ReadToEnd());
    }

    [Fact]
    public void What_was_changed_afterwards_is_found()
    {
        _run.LogArtifact("report.html", Content("as it was"));
        Assert.Empty(_store.Verify());
        string kept = Assert.Single(Directory.GetFiles(_folder.File("runs.db.artifacts"), "*", SearchOption.AllDirectories));
        File.WriteAllText(kept, "otherwise");
        Assert.Contains("report.html", Assert.Single(_store.Verify()), StringComparison.Ordinal);
        File.Delete(kept);
        Assert.Contains("cannot be read", Assert.Single(_store.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_process_left_beside_is_removed_after_a_day()
    {
        string old = _folder.File("runs.db.artifacts/old.tmp"), young = _folder.File("runs.db.artifacts/young.tmp");
        File.WriteAllText(old, "half");
        File.WriteAllText(young, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        using var other = RunStore.Open(_folder.File("runs.db"));
        Assert.Equal([young], Directory.GetFiles(_folder.File("runs.db.artifacts")));
    }

    [Fact]
    public async Task A_content_that_cannot_be_read_leaves_nothing()
    {
        Assert.Throws<RunTrackingException>(() => _run.LogArtifact("x", new BrokenStream()));
        Assert.Empty(Directory.GetFiles(_folder.File("runs.db.artifacts"), "*", SearchOption.AllDirectories));
        Assert.Empty(await _store.ListArtifactsAsync(_run.Id));
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("broken");
    }
}
