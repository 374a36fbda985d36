using System.IO.Compression;

namespace AnomalyKit.Quality.Tests;

public sealed class RealTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_are_removed_where_NumPy_would_remove_them()
    {
        // numpy.random.RandomState(1001).random_sample(6): 0.306, 0.265, 0.196, 0.431, 0.023, 0.196.
        var data = FeatureMatrix.Wrap(new float[] { 1, 2, 3, 4, 5, 6 }, 2);
        var left = new CellRemoval(1001, 0.2).Remove(data);
        Assert.Equal([1, 2, float.NaN, 4, float.NaN, float.NaN], left.ContiguousCells(0).ToArray());
        Assert.Equal([1, float.NaN, float.NaN, 4, float.NaN, float.NaN], new CellRemoval(1001, 0.3).Remove(data).ContiguousCells(0).ToArray());
        Assert.True(left.Schema.AllowsMissing);
    }

    [Fact]
    public void Medians_are_those_of_the_known_training_cells()
    {
        var train = FeatureMatrix.Wrap(new[] { 1, float.NaN, 5, float.NaN, float.NaN, float.NaN, 3, float.NaN, 7, float.NaN }, 2);
        var filled = new MedianFill(train).Fill(FeatureMatrix.Wrap(new[] { float.NaN, 9, 2, float.NaN }, 2));
        Assert.Equal([4, 9, 2, 0], filled.ContiguousCells(0).ToArray());
        Assert.False(filled.Schema.AllowsMissing);
    }

    [Fact]
    public void A_set_of_texts_is_read_in_every_form()
    {
        string path = _folder.File("1_set.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            writer.Write("\"color\",\"size\",\"label\"\n\"red\",\"b\",0\n,\"a\",0\n\"blue\",\"b\",1\n");
        var set = CategorySet.Load(path);
        Assert.Equal([1, 1, float.NaN, 0, 0, 1], set.Native.ContiguousCells(0).ToArray());
        Assert.Equal([2, 2], set.Native.Schema.LevelCounts.ToArray());
        Assert.Equal([1, 1, 2, 0, 0, 1], set.NativeLevel.ContiguousCells(0).ToArray());
        Assert.Equal([0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1], set.OneHot.ContiguousCells(0).ToArray());
        Assert.Equal([0, 1, 0, 1, float.NaN, float.NaN, 1, 0, 1, 0, 0, 1], set.OneHotMissing.ContiguousCells(0).ToArray());
        Assert.Equal([false, false, true], set.Native.Labels.ToArray());
    }

    [Fact]
    public void A_set_without_a_label_is_refused()
    {
        string path = _folder.File("1_set.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            writer.Write("color,size\nred,1\n");
        Assert.Throws<QualityException>(() => CategorySet.Load(path));
    }
}
