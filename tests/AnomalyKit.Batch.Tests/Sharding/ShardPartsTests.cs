namespace AnomalyKit.Batch.Tests.Sharding;

public sealed class ShardPartsTests
{
    [Fact]
    public void Missing_shards_are_listed()
    {
        using var data = new ShardData(100);
        string folder = data.Fit(data.Plan(12), "parts");
        foreach (int number in new[] { 3, 7 })
            File.Delete(Path.Combine(folder, $"fit-{number:D5}-of-00012.json"));
        File.WriteAllBytes(Path.Combine(folder, "fit-00009-of-00012.rows"), []);
        var error = Assert.Throws<ShardException>(() => ShardData.Parts(folder));
        Assert.Equal([3, 7], error.MissingShards);
        Assert.Contains("--array=3,7", error.Message, StringComparison.Ordinal);
        Assert.Equal([3, 7, 9], ShardParts.FindMissing(folder, ShardPartKind.Fit, 12));
        Assert.Equal(12, ShardParts.FindMissing(folder, ShardPartKind.Score, 12).Count);
    }

    [Fact]
    public void Parts_may_be_named_one_by_one_in_any_order()
    {
        using var data = new ShardData(100);
        string folder = data.Fit(data.Plan(12), "parts");
        string[] files = Directory.GetFiles(folder);
        new Random(1).Shuffle(files);
        var parts = ShardParts.Find(files, TimeSpan.Zero);
        Assert.Equal(Enumerable.Range(1, 12), parts.Parts.Select(part => part.Shard.Number));
        Assert.Contains("is not a part", Assert.Throws<ShardException>(() => ShardParts.Find([Path.Combine(data.Data, "part-0.parquet")], TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Contains("holds no parts", Assert.Throws<ShardException>(() => ShardParts.Find([data.Data], TimeSpan.Zero)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_cut_or_changed_is_named()
    {
        using var data = new ShardData(100);
        string folder = data.Fit(data.Plan(3), "parts");
        string path = Path.Combine(folder, "fit-00002-of-00003.rows");
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length * 6 / 10)]);
        Assert.Contains($"{bytes.Length} were written", Assert.Throws<ShardException>(() => ShardData.Parts(folder)).Message, StringComparison.Ordinal);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("fit-00002-of-00003.rows' of shard 2/3 has changed since it was written", Assert.Throws<ShardException>(() => ShardData.Parts(folder)).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("is not there", Assert.Throws<ShardException>(() => ShardData.Parts(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_a_shared_file_system_shows_late_is_waited_for()
    {
        using var data = new ShardData(100);
        string folder = data.Fit(data.Plan(3), "parts");
        string path = Path.Combine(folder, "fit-00002-of-00003.rows");
        string manifest = Path.Combine(folder, "fit-00003-of-00003.json");
        byte[] bytes = File.ReadAllBytes(path);
        string text = File.ReadAllText(manifest);
        File.WriteAllBytes(path, bytes[..100]);
        File.Delete(manifest);
        var late = Task.Run(async () =>
        {
            await Task.Delay(300);
            await File.WriteAllTextAsync(manifest, text);
            await Task.Delay(300);
            await File.WriteAllBytesAsync(path, bytes);
        });
        Assert.Equal(3, ShardParts.Find([folder], TimeSpan.FromSeconds(60)).Parts.Count);
        await late;
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        using var data = new ShardData(100);
        string three = data.Fit(data.Plan(3), "three");
        string four = data.Fit(data.Plan(4), "four");
        Assert.Contains("was one of 4 shards", Assert.Throws<ShardException>(() => ShardParts.Find([three, four], TimeSpan.Zero)).Message, StringComparison.Ordinal);
        string again = data.Fit(data.Plan(3), "again");
        Assert.Contains("appears twice", Assert.Throws<ShardException>(() => ShardParts.Find([three, again], TimeSpan.Zero)).Message, StringComparison.Ordinal);
        var detector = ShardData.Trainer().Fit(data.Table);
        string scores = data.Score(detector, data.Plan(3), "scores");
        Assert.Contains("of a fit. Merge one after the other", Assert.Throws<ShardException>(() => ShardParts.Find([three, scores], TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ShardedFit.Merge(ShardData.Trainer(), ShardData.Parts(scores)));
        Assert.Throws<ArgumentException>(() => ShardedScoring.Sketch(ShardData.Parts(three)));

        // Another model scored one of the shards: what a resumed array leaves after a fit was repeated.
        ShardedScoring.Run(detector.WithThreshold(0.7), data.Plan(3), new Shard(2, 3), scores);
        Assert.Contains("scored by model", Assert.Throws<ShardException>(() => ShardData.Parts(scores)).Message, StringComparison.Ordinal);

        // The files changed between two shards.
        string mixed = data.Fit(data.Plan(3), "mixed");
        File.AppendAllText(Path.Combine(data.Data, "part-1.csv"), "z,1,1,1,w1\n");
        ShardedFit.Run(ShardData.Trainer(), data.Plan(3), new Shard(1, 3), mixed);
        Assert.Contains("made by plan", Assert.Throws<ShardException>(() => ShardData.Parts(mixed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_manifests_never_crash()
    {
        using var data = new ShardData(60);
        string folder = data.Fit(data.Plan(2), "parts");
        string manifest = Path.Combine(folder, "fit-00001-of-00002.json");
        string text = File.ReadAllText(manifest);
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            char[] changed = text.ToCharArray();
            for (int j = 0; j < 1 + (i % 3); j++)
                changed[random.Next(changed.Length)] = "0129\"{}[],:-eatx./\\"[random.Next(19)];
            File.WriteAllText(manifest, i % 5 == 0 ? text[..random.Next(text.Length)] : new string(changed));
            try
            {
                var parts = ShardData.Parts(folder);
                ShardedFit.Merge(ShardData.Trainer(), parts);
            }
            catch (ShardException)
            {
            }
        }

        File.WriteAllText(manifest, text.Replace("\"name\": \"fit", "\"name\": \"../fit", StringComparison.Ordinal));
        Assert.Contains("not a plain file name", Assert.Throws<ShardException>(() => ShardData.Parts(folder)).Message, StringComparison.Ordinal);
    }
}
