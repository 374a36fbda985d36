using AnomalyKit.ML.Tests.Support;
using AnomalyKit.Persistence;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.ML.Tests.Saving;

public sealed class ModelFileTests : IDisposable
{
    private readonly MLContext _context = new();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_detector_of_vectors_is_loaded_as_a_transformer()
    {
        var rows = Observations.Create(100);
        var detector = new IsolationForestTrainer().Fit(Observations.Matrix(rows));
        detector.Save(_folder.File("a.akm"));
        var data = _context.Data.LoadFromEnumerable(rows);

        var model = _context.AnomalyDetection.LoadDetector(_folder.File("a.akm"), "Features");

        Assert.Equal(Bits.Of(detector.Score(Observations.Matrix(rows))), Bits.Of(model.Transform(data)));
        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(data)));
        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(detector.ToTransformer().Transform(data)));
    }

    [Fact]
    public void Its_columns_can_be_found_by_name_too()
    {
        var rows = Observations.Create(100);
        var matrix = Observations.Matrix(rows).WithSchema(new FeatureSchema(["a", "b", "c", "d"]));
        var detector = new EllipticEnvelopeTrainer().Fit(matrix);
        detector.Save(_folder.File("a.akm"));
        var data = _context.Data.LoadFromEnumerable(rows.Select(row => new { d = row.Features[3], a = row.Features[0], b = (double)row.Features[1], c = row.Features[2] }));

        var model = _context.AnomalyDetection.LoadDetector(_folder.File("a.akm"));

        Assert.Equal(Bits.Of(detector.Score(matrix)), Bits.Of(model.Transform(data)));
        Assert.Equal(Bits.Of(detector.Score(matrix)), Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(data)));
    }

    [Fact]
    public void A_detector_of_tables_is_loaded_as_a_transformer()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(100));
        using var reader = DataViewTableReader.Open(data, new TableLayout { Columns = Mixed.Names });
        var table = reader.ReadAll();
        var detector = Mixed.Trainer.Fit(table);
        detector.Save(_folder.File("t.akm"));

        var model = _context.AnomalyDetection.LoadDetector(_folder.File("t.akm"));

        Assert.Equal(Bits.Of(detector.Score(table)), Bits.Of(model.Transform(data)));
        Assert.Equal(Bits.Of(detector.Score(table)), Bits.Of(Reloaded.Of(_context, detector.ToTransformer(data.Schema), data.Schema).Transform(data)));
        Assert.Throws<ModelFormatException>(() => _context.AnomalyDetection.LoadDetector(_folder.File("t.akm"), "Features"));
    }

    [Fact]
    public void Damaged_files_and_wrong_schemas_are_refused()
    {
        File.WriteAllBytes(_folder.File("bad.akm"), [1, 2, 3]);

        Assert.Throws<ModelFormatException>(() => _context.AnomalyDetection.LoadDetector(_folder.File("bad.akm")));
        Assert.Throws<FileNotFoundException>(() => _context.AnomalyDetection.LoadDetector(_folder.File("none.akm")));
        var detector = Mixed.Trainer.Fit(DataViewTableReader.Open(_context.Data.LoadFromEnumerable(Mixed.Create(50)), new TableLayout { Columns = Mixed.Names }).ReadAll());
        Assert.Throws<TableDataException>(() => detector.ToTransformer(_context.Data.LoadFromEnumerable(Observations.Create(1)).Schema));
    }
}
