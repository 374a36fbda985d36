using AnomalyKit.ML.Tests.Support;

namespace AnomalyKit.ML.Tests.Pipelines;

public sealed class TableColumnsTests
{
    private readonly MLContext _context = new();

    private DetectorEstimator Estimator => _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, Mixed.Names);

    [Fact]
    public void Columns_of_all_kinds_score_as_a_table_does_in_every_way()
    {
        var rows = Mixed.Create(300);
        var data = _context.Data.LoadFromEnumerable(rows);
        var table = Table(rows);
        float[] expected = Mixed.Trainer.Fit(table).Score(table);

        var model = Estimator.Fit(data);

        var loaded = Reloaded.Of(_context, model, data.Schema);
        Assert.Equal(Bits.Of(expected), Bits.Of(model.Transform(data)));
        Assert.Equal(Bits.Of(expected), Bits.Of(loaded.Transform(data)));
        Assert.Equal(Bits.Of(expected), Engine(model, rows));
        Assert.Equal(Bits.Of(expected), Engine(loaded, rows));
    }

    [Fact]
    public void Columns_are_found_by_name()
    {
        var rows = Mixed.Create(100);
        var data = _context.Data.LoadFromEnumerable(rows);
        var model = Estimator.Fit(data);
        var turned = _context.Data.LoadFromEnumerable(rows.Select(row => new { row.Balance, row.Count, row.Instant, row.IsNew, row.Amount, Extra = "x", row.Merchant, row.Time }));

        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(model.Transform(turned)));
        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(turned)));
    }

    [Fact]
    public void Keys_are_the_words_that_they_stand_for()
    {
        var rows = Mixed.Create(200);
        var data = _context.Data.LoadFromEnumerable(rows);
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 10 }) { Preparation = new() { Missing = MissingCells.Native } };
        int[] expected = Bits.Of(_context.AnomalyDetection.Trainers.Detector(trainer, "Merchant", "Balance").Fit(data).Transform(data));
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Merchant").Append(_context.AnomalyDetection.Trainers.Detector(trainer, "Merchant", "Balance"));

        var model = pipeline.Fit(data);

        Assert.Equal(expected, Bits.Of(model.Transform(data)));
        Assert.Equal(expected, Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(data)));
        Assert.Equal(expected, Engine(model, rows));
    }

    [Fact]
    public void Numbers_can_be_categories()
    {
        var rows = Mixed.Create(200);
        var data = _context.Data.LoadFromEnumerable(rows);
        var layout = new TableLayout { Columns = ["Count", "Balance"], Kinds = new Dictionary<string, ColumnKind> { ["Count"] = ColumnKind.Category } };
        var model = _context.AnomalyDetection.Trainers.Detector(new TableTrainer(new IsolationForestTrainer { TreeCount = 10 }), layout).Fit(data);

        int[] expected = Bits.Of(model.Transform(data));

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], Table(rows, layout)["Count"] is CategoryColumn column ? column.Levels.Order(StringComparer.Ordinal) : []);
        Assert.Equal(expected, Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(data)));
        Assert.Equal(expected, Engine(model, rows));
    }

    [Theory]
    [InlineData("Amount")]
    [InlineData("Balance")]
    public void Numbers_with_fractions_can_be_categories(string name)
    {
        var rows = Mixed.Create(200);
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].Amount = row % 5 == 0 ? float.NaN : (row % 7) + 0.1f;
            rows[row].Balance = row % 5 == 0 ? double.NaN : (row % 7) + 0.1;
        }

        var data = _context.Data.LoadFromEnumerable(rows);
        var layout = new TableLayout { Columns = [name, "Count"], Kinds = new Dictionary<string, ColumnKind> { [name] = ColumnKind.Category } };
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 10 }) { Preparation = new() { Missing = MissingCells.Native } };
        var model = _context.AnomalyDetection.Trainers.Detector(trainer, layout).Fit(data);

        int[] expected = Bits.Of(model.Transform(data));

        Assert.Equal(expected, Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(data)));
        Assert.Equal(expected, Engine(model, rows));
    }

    [Fact]
    public void What_a_pipeline_cannot_gather_is_refused_by_name()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(50).Select(row => new { row.Balance, row.IsNew, Span = TimeSpan.FromMinutes(row.Count), Digits = row.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Merchant }));
        var hashed = _context.Transforms.Conversion.Hash("Hashed", "Merchant", numberOfBits: 8).Fit(data).Transform(data);
        var kinds = new Dictionary<string, ColumnKind> { ["IsNew"] = ColumnKind.Category, ["Digits"] = ColumnKind.Number };
        foreach (string name in (string[])["Hashed", "IsNew", "Span", "Digits"])
        {
            var layout = new TableLayout { Columns = ["Balance", name], Kinds = kinds.Where(kind => kind.Key == name).ToDictionary() };
            var model = _context.AnomalyDetection.Trainers.Detector(new TableTrainer(new IsolationForestTrainer { TreeCount = 5 }) { Preparation = new() { Missing = MissingCells.Native } }, layout).Fit(hashed);

            Assert.Equal(50, Bits.Of(model.Transform(hashed)).Length);
            Assert.Equal(name, Assert.Throws<TableDataException>(() => Reloaded.Of(_context, model, hashed.Schema)).ColumnName);
        }
    }

    [Fact]
    public void Other_types_of_numbers_score_alike()
    {
        var rows = Mixed.Create(100);
        var data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.AnomalyDetection.Trainers.Detector(new TableTrainer(new EllipticEnvelopeTrainer()), "Count", "Balance").Fit(data);
        var wide = _context.Data.LoadFromEnumerable(rows.Select(row => new { Count = (ulong)row.Count, row.Balance }));

        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(model.Transform(wide)));
        Assert.Equal(Bits.Of(model.Transform(data)), Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(wide)));
    }

    [Theory]
    [InlineData("no such")]
    [InlineData("Features")]
    public void A_column_that_is_missing_or_a_vector_is_named(string column)
    {
        var data = _context.Data.LoadFromEnumerable(Observations.Create(10));

        var error = Assert.Throws<TableDataException>(() => _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer, "Label", column).Fit(data));

        Assert.Equal(column, error.ColumnName);
        Assert.Contains(column == "Features" ? "Vector" : "Label", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_another_kind_is_refused()
    {
        var rows = Mixed.Create(50);
        var model = Estimator.Fit(_context.Data.LoadFromEnumerable(rows));
        var data = _context.Data.LoadFromEnumerable(rows.Select(row => new { row.Balance, row.Count, row.Instant, row.IsNew, row.Amount, row.Merchant, Time = 5f }));

        Assert.Equal("Time", Assert.Throws<TableDataException>(() => model.Transform(data)).ColumnName);
        Assert.Equal("Time", Assert.Throws<TableDataException>(() => ((ITransformer)model).GetRowToRowMapper(data.Schema)).ColumnName);
    }

    [Fact]
    public void A_missing_cell_is_refused_by_row_where_it_may_not_be()
    {
        var rows = Mixed.Create(50);
        var data = _context.Data.LoadFromEnumerable(rows);

        var error = Assert.Throws<TableDataException>(() => _context.AnomalyDetection.Trainers.Detector(new TableTrainer(new IsolationForestTrainer()), "Amount").Fit(data));

        Assert.Equal((3, "Amount"), (error.Row, error.ColumnName));
    }

    [Fact]
    public void Of_no_rows_there_is_no_fit()
    {
        Assert.Contains("no rows", Assert.Throws<TableDataException>(() => Estimator.Fit(_context.Data.LoadFromEnumerable<Mixed>([]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _context.AnomalyDetection.Trainers.Detector(Mixed.Trainer));
    }

    [Theory]
    [InlineData("a,b\"; DROP")]
    [InlineData("Score")]
    [InlineData("PredictedLabel")]
    [InlineData("😀\n{0}")]
    public void Strange_names_are_names(string name)
    {
        var random = new Numerics.CounterRandom(1);
        var cells = new float[100];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextDouble();
        var table = new FeatureTable(new SingleColumn(name, cells), new DoubleColumn("Cell0", Array.ConvertAll(cells, cell => 1 - (double)cell)));
        var data = _context.Data.LoadFromTable(table);
        var trainer = new TableTrainer(new IsolationForestTrainer { TreeCount = 10 });
        var model = _context.AnomalyDetection.Trainers.Detector(trainer, name, "Cell0").Fit(data);

        int[] expected = Bits.Of(trainer.Fit(table).Score(table));

        Assert.Equal(expected, Bits.Of(model.Transform(data)));
        Assert.Equal(expected, Bits.Of(Reloaded.Of(_context, model, data.Schema).Transform(data)));
    }

    [Fact]
    public void Names_that_pipelines_need_are_refused_where_they_would_be_hidden()
    {
        var data = _context.Data.LoadFromTable(new FeatureTable(new SingleColumn("AnomalyKit.Cell0", new float[] { 1, 2, 3, 4 }), new SingleColumn("x", new float[] { 1, 2, 3, 5 })));
        var model = _context.AnomalyDetection.Trainers.Detector(new TableTrainer(new IsolationForestTrainer { TreeCount = 2 }), "x", "AnomalyKit.Cell0").Fit(data);

        Assert.Equal(4, Bits.Of(model.Transform(data)).Length);
        Assert.Contains("'AnomalyKit.Cell0'", Assert.Throws<ArgumentException>(() => Reloaded.Of(_context, model, data.Schema)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ((ITransformer)model).GetRowToRowMapper(data.Schema));
    }

    private FeatureTable Table(Mixed[] rows, TableLayout? layout = null)
    {
        using var reader = DataViewTableReader.Open(_context.Data.LoadFromEnumerable(rows), layout ?? new TableLayout { Columns = Mixed.Names });
        return reader.ReadAll();
    }

    private int[] Engine(ITransformer model, Mixed[] rows)
    {
        using var engine = _context.Model.CreatePredictionEngine<Mixed, Answer>(model, new PredictionEngineOptions { OwnsTransformer = false });
        return Bits.Of(rows.Select(row => engine.Predict(row).Score));
    }
}
