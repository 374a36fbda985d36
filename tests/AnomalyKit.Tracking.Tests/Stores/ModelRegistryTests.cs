using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Stores;

/// <summary>Versions of models, their aliases and stages.</summary>
public sealed class ModelRegistryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public ModelRegistryTests() => _store = RunStore.Open(_folder.File("runs.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Versions_count_up_and_aliases_move()
    {
        using var run = _store.StartRun(new RunStart("payments"));
        run.LogArtifact("model.akm", new MemoryStream([1]));
        var first = await _store.RegisterModelAsync("payments", run.Id, "model.akm");
        var second = await _store.RegisterModelAsync("payments", run.Id, "model.akm");
        Assert.Equal((1, 2, run.Id, "model.akm", ModelStage.None), (first.Version, second.Version, second.RunId, second.ArtifactPath, second.Stage));
        await _store.SetAliasAsync("payments", "champion", 1);
        await _store.SetAliasAsync("payments", "challenger", 2);
        Assert.Equal(1, (await _store.FindModelAsync("payments", "champion"))!.Version);
        await _store.SetAliasAsync("payments", "champion", 2);
        await _store.SetStageAsync("payments", 2, ModelStage.Production);
        var found = (await _store.FindModelAsync("payments", "2"))!;
        Assert.Equal(ModelStage.Production, found.Stage);
        Assert.Equal(["challenger", "champion"], found.Aliases);
        await _store.SetAliasAsync("payments", "champion", null);
        Assert.Null(await _store.FindModelAsync("payments", "champion"));
        Assert.Equal([1, 2], (await _store.ListModelsAsync()).Select(version => version.Version));
        Assert.Empty(await _store.ListModelsAsync("other"));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_registered()
    {
        using var run = _store.StartRun(new RunStart("payments"));
        await Assert.ThrowsAsync<RunTrackingException>(() => _store.RegisterModelAsync("payments", run.Id, "model.akm"));
        await Assert.ThrowsAsync<RunTrackingException>(() => _store.RegisterModelAsync("payments", "no such run", "model.akm"));
        await Assert.ThrowsAsync<RunTrackingException>(() => _store.SetAliasAsync("payments", "champion", 1));
        await Assert.ThrowsAsync<RunTrackingException>(() => _store.SetStageAsync("payments", 1, ModelStage.Staging));
        Assert.Empty(await _store.ListModelsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("latest")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public async Task Aliases_can_be_told_from_numbers(string alias) => await Assert.ThrowsAsync<ArgumentException>(() => _store.SetAliasAsync("payments", alias, 1));

    [Theory]
    [InlineData(" ")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a%2fb")]
    public async Task Names_of_models_hold_nothing_that_addresses_are_made_of(string model) => await Assert.ThrowsAsync<ArgumentException>(() => _store.RegisterModelAsync(model, "x", "x"));
}
