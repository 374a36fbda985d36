using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Extensions.Tests;

/// <summary>Which models a pool serves, from which files.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_holds_names_and_versions_and_the_newest_comes_first()
    {
        _folder.Save("fraud/9/model.akm", Payments.Fit(9));
        _folder.Save("fraud/10/model.akm", Payments.Fit(10));
        _folder.Save("claims.akm", Payments.Fit(1));
        _folder.Save(".hidden.akm", Payments.Fit(2));
        _folder.Save("fraud/.tmp/model.akm", Payments.Fit(2));
        File.WriteAllText(_folder.File("README.md"), "models");
        Directory.CreateDirectory(_folder.File("empty/1/x"));
        using var pool = Pools.Of(_folder.Root);
        Assert.False(pool.IsReady);
        await pool.ReloadAsync();
        Assert.True(pool.IsReady);
        Assert.Equal(["claims/1", "fraud/10", "fraud/9"], pool.Models.Select(model => model.ToString()));
        Assert.Equal("10", pool.FindModel("fraud")!.Version);
        Assert.Equal("9", pool.FindModel("fraud", "9")!.Version);
        Assert.Null(pool.FindModel("fraud", "11"));
        Assert.Null(pool.FindModel("Fraud"));
        Assert.Null(pool.DefaultModel);
        Assert.Contains("claims/1, fraud/10, fraud/9", Assert.Throws<ModelNotFoundException>(() => pool.GetModel("other")).Message, StringComparison.Ordinal);
        Assert.Equal(64, pool.Models[0].Fingerprint.Length);
    }

    [Fact]
    public async Task A_model_that_is_missing_is_told_with_the_reason()
    {
        _folder.Save("fraud/1/model.akm", Payments.Fit(1));
        Directory.CreateDirectory(_folder.File("web/2"));
        File.WriteAllText(_folder.File("web/2/model.akm"), "no model");
        using var pool = Pools.Of(_folder.Root);
        Says("There is no model 'fraud' yet: the files of models are still being loaded. Await IDetectorPool.WaitUntilReadyAsync, or try again in a second.", "fraud");
        Says("There is no model 'fraud' of version '7' yet: the files of models are still being loaded.", "fraud", "7");
        await pool.ReloadAsync();
        Says("There is no model 'claims'; served are: fraud/1.", "claims");
        Says("There is no model 'web': the file of version '2' cannot be loaded. The log and IDetectorPool.Statuses say why.", "web");
        await pool.UnloadAsync("fraud");
        Says("There is no model 'fraud': version '1' was taken out by hand. DetectorPool.LoadAsync brings it back.", "fraud");

        using var elsewhere = Pools.Of(_folder.File("nowhere"));
        await elsewhere.ReloadAsync();
        string message = Assert.Throws<ModelNotFoundException>(() => elsewhere.GetModel("fraud")).Message;
        Assert.Equal("There is no model 'fraud': the folder of models cannot be read. The log names it.", message);
        using var nothing = Pools.Of(new AnomalyDetectionOptions());
        Assert.Contains("no model is configured. Set AnomalyDetection:ModelFolder,", Assert.Throws<ModelNotFoundException>(() => nothing.GetModel("fraud")).Message, StringComparison.Ordinal);

        void Says(string text, string name, string? version = null) =>
            Assert.StartsWith(text, Assert.Throws<ModelNotFoundException>(() => pool.GetModel(name, version)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", "10", -1)]
    [InlineData("1.9", "1.10", -1)]
    [InlineData("v2-beta", "v2", 1)]
    [InlineData("007", "7", -1)]
    [InlineData("2026-11-28", "2026-2-28", 1)]
    [InlineData("a", "a", 0)]
    public void Versions_are_ordered_by_their_numbers(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(AnomalyKit.Serving.Loading.VersionOrder.Instance.Compare(left, right)));
        Assert.Equal(-expected, Math.Sign(AnomalyKit.Serving.Loading.VersionOrder.Instance.Compare(right, left)));
    }

    [Fact]
    public async Task Named_models_come_before_those_of_the_folder_and_may_have_a_threshold_of_their_own()
    {
        _folder.Save("models/fraud.akm", Payments.Fit(1));
        string named = _folder.Save("elsewhere/f.akm", Payments.Fit(2));
        using var pool = Pools.Of(new AnomalyDetectionOptions { ModelFolder = _folder.File("models"), Models = { ["fraud"] = new ModelOptions { Path = named, Threshold = .75 } } });
        await pool.ReloadAsync();
        Assert.Equal(named, Assert.Single(pool.Models).Source);
        Assert.Equal(.75, pool.DefaultModel!.Threshold);
    }

    [Fact]
    public async Task A_model_is_swapped_when_its_content_changes_and_only_then()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        var first = pool.GetModel("fraud");
        float score = first.Score();
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        await pool.ReloadAsync();
        Assert.Same(first, pool.GetModel("fraud"));
        Payments.Fit(2).Save(path);
        await pool.ReloadAsync();
        Assert.NotSame(first, pool.GetModel("fraud"));
        Assert.NotEqual(first.Fingerprint, pool.GetModel("fraud").Fingerprint);
        // Whoever holds the old one finishes with it.
        Assert.Equal(score, first.Score());
    }

    [Fact]
    public async Task Other_columns_come_with_another_model()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        Payments.Fit(1, columns: 5).Save(path);
        await pool.ReloadAsync();
        Assert.Equal(5, pool.GetModel("fraud").Columns.ColumnCount);
    }

    [Fact]
    public async Task A_file_that_is_half_written_or_cut_is_refused_and_what_was_served_stays()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1));
        byte[] next = File.ReadAllBytes(_folder.Save("../next-" + Guid.NewGuid() + "/x.akm", Payments.Fit(2)));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        var first = pool.GetModel("fraud");
        File.WriteAllBytes(path, next[..(next.Length / 2)]);
        await pool.ReloadAsync();
        Assert.Same(first, pool.GetModel("fraud"));
        var status = Assert.Single(pool.Statuses);
        Assert.True(status.IsLoaded);
        Assert.NotNull(status.Error);
        Assert.True(pool.IsReady);
        using (var file = new FileStream(path, FileMode.Append))
            file.Write(next.AsSpan(next.Length / 2));
        await pool.ReloadAsync();
        Assert.NotSame(first, pool.GetModel("fraud"));
        Assert.Null(Assert.Single(pool.Statuses).Error);
        var second = pool.GetModel("fraud");
        File.WriteAllBytes(path, []);
        await pool.ReloadAsync();
        Assert.Same(second, pool.GetModel("fraud"));
        Assert.NotNull(Assert.Single(pool.Statuses).Error);
    }

    [Fact]
    public async Task Every_flipped_byte_leaves_the_old_model_or_makes_a_whole_one()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1, rows: 60));
        byte[] bytes = File.ReadAllBytes(path);
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        var random = new Random(3);
        for (int i = 0; i < 60; i++)
        {
            byte[] broken = [.. bytes];
            broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, broken);
            await pool.ReloadAsync();
            Assert.True(float.IsFinite(pool.GetModel("fraud").Score()));
        }
    }

    [Fact]
    public async Task A_swapped_link_counts_also_with_the_same_time_and_length()
    {
        string first = _folder.Save("../a-" + Guid.NewGuid() + "/model.akm", Payments.Fit(1));
        string second = _folder.Save("../b-" + Guid.NewGuid() + "/model.akm", Payments.Fit(2));
        var time = DateTime.UtcNow.AddHours(-1);
        File.SetLastWriteTimeUtc(first, time);
        File.SetLastWriteTimeUtc(second, time.AddSeconds(1));
        string link = _folder.File("fraud/1/model.akm");
        File.CreateSymbolicLink(link, first);
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        string before = pool.GetModel("fraud").Fingerprint;
        Swap(second);
        await pool.ReloadAsync();
        string after = pool.GetModel("fraud").Fingerprint;
        Assert.NotEqual(before, after);

        // A link to a file of the same length and time is found when contents are compared, within thirty rounds.
        File.WriteAllBytes(second, [.. File.ReadAllBytes(second)]);
        File.SetLastWriteTimeUtc(second, time);
        File.SetLastWriteTimeUtc(first, time);
        await pool.ReloadAsync();
        Swap(first);
        for (int i = 0; i < 30; i++)
            await pool.ReloadAsync();
        Assert.Equal(before, pool.GetModel("fraud").Fingerprint);

        void Swap(string target)
        {
            File.CreateSymbolicLink(link + ".new", target);
            File.Move(link + ".new", link, overwrite: true);
        }
    }

    [Fact]
    public async Task A_model_whose_file_is_gone_goes_and_a_folder_that_is_gone_takes_nothing_with_it()
    {
        _folder.Save("m/fraud/1/model.akm", Payments.Fit(1));
        string second = _folder.Save("m/fraud/2/model.akm", Payments.Fit(2));
        using var pool = Pools.Of(_folder.File("m"));
        await pool.ReloadAsync();
        File.Delete(second);
        await pool.ReloadAsync();
        Assert.Equal("1", Assert.Single(pool.Models).Version);
        Directory.Move(_folder.File("m"), _folder.File("moved"));
        await pool.ReloadAsync();
        Assert.Single(pool.Models);
        Assert.NotNull(pool.FolderError);
        Assert.True(pool.IsReady);
        Directory.Move(_folder.File("moved"), _folder.File("m"));
        await pool.ReloadAsync();
        Assert.Null(pool.FolderError);
        _folder.Save("m/fraud/3/model.akm", Payments.Fit(3));
        await pool.ReloadAsync();
        Assert.Equal("3", pool.GetModel("fraud").Version);
    }

    [Fact]
    public async Task It_is_ready_whenever_a_model_is_served_and_not_before_all_files_were_tried()
    {
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        Assert.False(pool.IsReady);
        var waiting = pool.WaitUntilReadyAsync();

        // A bad file alone is none; beside a good one it takes nothing out, also one that was there from the start.
        File.WriteAllText(_folder.File("bad.akm"), "no model");
        await pool.ReloadAsync();
        Assert.False(pool.IsReady);
        Assert.False(waiting.IsCompleted);
        _folder.Save("good.akm", Payments.Fit(1));
        await pool.ReloadAsync();
        Assert.True(pool.IsReady);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        using var restarted = Pools.Of(_folder.Root);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restarted.ReloadAsync(new CancellationToken(canceled: true)));
        Assert.False(restarted.IsReady);
        await restarted.ReloadAsync();
        Assert.True(restarted.IsReady);
        Assert.Equal("good", Assert.Single(restarted.Models).Name);
        Assert.Contains(restarted.Statuses, status => status is { Name: "bad", IsRequired: false, IsLoaded: false, Error: not null, Failure: ModelFailure.InvalidFile });

        // None again is not ready again, and waiting waits.
        File.Delete(_folder.File("good.akm"));
        await pool.ReloadAsync();
        Assert.False(pool.IsReady);
        Assert.False(pool.WaitUntilReadyAsync().IsCompleted);
    }

    [Fact]
    public async Task A_cut_off_new_version_leaves_the_old_one_ready_before_and_after_a_restart()
    {
        string good = _folder.Save("web/1/model.akm", Payments.Fit(1));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        byte[] bytes = File.ReadAllBytes(good);
        Directory.CreateDirectory(_folder.File("web/3"));
        File.WriteAllBytes(_folder.File("web/3/model.akm"), bytes[..(bytes.Length / 2)]);
        await pool.ReloadAsync();
        using var restarted = Pools.Of(_folder.Root);
        await restarted.ReloadAsync();
        foreach (var each in (DetectorPool[])[pool, restarted])
        {
            Assert.True(each.IsReady);
            Assert.Equal("1", each.GetModel("web").Version);
            Assert.Contains(each.Statuses, status => status is { Name: "web", Version: "3", IsLoaded: false, Failure: ModelFailure.InvalidFile });
        }

        // Rolling back is to remove the folder.
        Directory.Delete(_folder.File("web/3"), recursive: true);
        await restarted.ReloadAsync();
        Assert.Null(Assert.Single(restarted.Statuses).Failure);
    }

    [Fact]
    public async Task A_model_that_is_required_by_name_keeps_the_host_unready_until_it_was_loaded_once()
    {
        _folder.Save("models/good.akm", Payments.Fit(1));
        string named = _folder.File("named.akm");
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.File("models"), Models = { ["fraud"] = new ModelOptions { Path = named } } };
        using var pool = Pools.Of(options);
        await pool.ReloadAsync();
        Assert.False(pool.IsReady);
        Assert.Contains(pool.Statuses, status => status is { Name: "fraud", IsRequired: true, Failure: ModelFailure.UnreadableFile });
        Payments.Fit(2).Save(named);
        await pool.ReloadAsync();
        Assert.True(pool.IsReady);
        File.WriteAllText(named, "no model");
        await pool.ReloadAsync();
        Assert.True(pool.IsReady);

        File.Delete(named);
        options.Models["fraud"].IsRequired = false;
        using var optional = Pools.Of(options);
        await optional.ReloadAsync();
        Assert.True(optional.IsReady);
    }

    [Fact]
    public async Task A_model_is_taken_out_and_put_back_by_hand()
    {
        _folder.Save("fraud/1/model.akm", Payments.Fit(1));
        _folder.Save("fraud/2/model.akm", Payments.Fit(2));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        await pool.UnloadAsync("fraud", "2");
        await pool.ReloadAsync();
        Assert.Equal("1", pool.GetModel("fraud").Version);
        await Assert.ThrowsAsync<ModelNotFoundException>(() => pool.UnloadAsync("fraud", "2"));
        Assert.Equal("2", (await pool.LoadAsync("fraud")).Version);
        await pool.UnloadAsync("fraud");
        Assert.Empty(pool.Models);
        // However the last model went, nothing can be answered.
        Assert.False(pool.IsReady);
        await Assert.ThrowsAsync<ModelNotFoundException>(() => pool.LoadAsync("other"));
        File.WriteAllText(_folder.File("fraud/2/model.akm"), "broken");
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.LoadAsync("fraud"));
    }

    [Fact]
    public async Task A_threshold_that_is_set_by_hand_lasts_until_the_file_changes()
    {
        string path = _folder.Save("fraud.akm", Payments.Fit(1));
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        double own = pool.GetModel("fraud").Threshold;
        var changed = await pool.SetThresholdAsync("fraud", null, .99);
        Assert.Equal(.99, pool.GetModel("fraud").Threshold);
        Assert.Equal(.99, changed.Threshold);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        await pool.ReloadAsync();
        Assert.Equal(.99, pool.GetModel("fraud").Threshold);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pool.SetThresholdAsync("fraud", null, double.NaN));
        Payments.Fit(1).WithThreshold(own + .01).Save(path);
        await pool.ReloadAsync();
        Assert.Equal(own + .01, pool.GetModel("fraud").Threshold);
    }

    [Fact]
    public async Task Scores_are_right_while_models_are_swapped_beneath_them()
    {
        TableDetector[] models = [Payments.Fit(1), Payments.Fit(2, columns: 5)];
        float[] expected = [.. models.Select(model => new ServedModel("x", "1", model).Score())];
        string path = _folder.Save("fraud.akm", models[0]);
        using var pool = Pools.Of(_folder.Root);
        await pool.ReloadAsync();
        using var done = new CancellationTokenSource();
        long scored = 0;
        var callers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var model = pool.GetModel("fraud");
                Assert.Equal(expected[model.Columns.ColumnCount == 3 ? 0 : 1], model.Score());
                Interlocked.Increment(ref scored);
            }
        })).ToArray();
        for (int i = 1; i <= 100; i++)
        {
            models[i % 2].Save(path);
            await pool.ReloadAsync();
            Assert.Equal(i % 2 == 0 ? 3 : 5, pool.GetModel("fraud").Columns.ColumnCount);
        }

        done.Cancel();
        await Task.WhenAll(callers);
        Assert.True(scored > 0);
    }
}
