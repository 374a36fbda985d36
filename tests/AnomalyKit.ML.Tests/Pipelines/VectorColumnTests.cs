using AnomalyKit.ML.Tests.Support;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Pipelines;

public sealed class VectorColumnTests
{
    private readonly MLContext _context = new();

    private DetectorEstimator Forest => _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 10 });

    [Fact]
    public void A_missing_column_is_named_with_those_that_there_are()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(5));

        var error = Assert.Throws<ArgumentException>(() => Forest.Fit(data));

        Assert.Contains("'Features'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Merchant", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Features'", Assert.ThrowsAny<Exception>(() => _context.Transforms.CopyColumns("Copy", "Amount").Append(Forest).Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_types_are_refused()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(5));
        var doubles = _context.Transforms.Concatenate("Features", "Balance", "Balance").Fit(data).Transform(data);

        Assert.Contains("Double", Assert.Throws<ArgumentException>(() => Forest.Fit(doubles)).Message, StringComparison.Ordinal);
        Assert.Contains("vector of Single", Assert.Throws<ArgumentException>(() => _context.AnomalyDetection.Trainers.IsolationForest(featureColumnName: "Amount").Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_of_unknown_size_are_refused()
    {
        var schema = SchemaDefinition.Create(typeof(Observation));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        var data = _context.Data.LoadFromEnumerable(Observations.Create(20), schema);

        Assert.Contains("unknown size", Assert.Throws<ArgumentException>(() => Forest.Fit(data)).Message, StringComparison.Ordinal);
        var model = Forest.Fit(_context.Data.LoadFromEnumerable(Observations.Create(20)));
        Assert.Contains("unknown size", Assert.Throws<ArgumentException>(() => model.Transform(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_of_another_size_are_refused()
    {
        var model = Forest.Fit(_context.Data.LoadFromEnumerable(Observations.Create(20)));
        var schema = SchemaDefinition.Create(typeof(Observation));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);

        Assert.Contains("fitted on 4 columns", Assert.Throws<ArgumentException>(() => model.GetOutputSchema(_context.Data.LoadFromEnumerable<Observation>([], schema).Schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_vectors_are_what_dense_ones_are()
    {
        var rows = Observations.Create(50);
        foreach (var row in rows)
            row.Features = [0, row.Features[1], 0, 0];
        var data = _context.Data.LoadFromEnumerable(rows);
        var sparse = _context.Data.LoadFromEnumerable(rows.Select(row => new SparseObservation { Features = new VBuffer<float>(Observations.Columns, 1, [row.Features[1]], [1]) }));

        var model = Forest.Fit(sparse);

        int[] expected = Bits.Of(Forest.Fit(data).Transform(data));
        Assert.Equal(expected, Bits.Of(model.Transform(sparse)));
        using var engine = _context.Model.CreatePredictionEngine<SparseObservation, Answer>(model);
        Assert.Equal(expected[0], BitConverter.SingleToInt32Bits(engine.Predict(new SparseObservation { Features = new VBuffer<float>(Observations.Columns, 1, [rows[0].Features[1]], [1]) }).Score));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_no_number_is_refused_by_row_and_column(float value)
    {
        var rows = Observations.Create(300);
        var model = Forest.Fit(_context.Data.LoadFromEnumerable(rows));
        rows[250].Features[2] = value;
        var data = _context.Data.LoadFromEnumerable(rows);

        var fitting = Assert.Throws<FeatureDataException>(() => Forest.Fit(data));
        var scoring = Assert.Throws<FeatureDataException>(() => Bits.Of(model.Transform(data)));

        Assert.Equal((250, 2), (fitting.Row, fitting.Column));
        Assert.Equal((250, 2), (scoring.Row, scoring.Column));
        using var engine = _context.Model.CreatePredictionEngine<Observation, Answer>(model);
        Assert.Equal(2, Assert.Throws<FeatureDataException>(() => engine.Predict(rows[250])).Column);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_array_of_another_length_is_refused_by_row(bool isNull)
    {
        var rows = Observations.Create(200);
        var model = Forest.Fit(_context.Data.LoadFromEnumerable(rows));
        rows[150].Features = isNull ? null! : [1, 2];
        var data = _context.Data.LoadFromEnumerable(rows);

        Assert.Contains("Row 150, column 'Features'", Assert.Throws<ArgumentException>(() => Forest.Fit(data)).Message, StringComparison.Ordinal);
        Assert.Contains("Row 150, column 'Features'", Assert.Throws<ArgumentException>(() => Bits.Of(model.Transform(data))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_no_rows_there_is_no_fit_and_no_score()
    {
        var none = _context.Data.LoadFromEnumerable<Observation>([]);

        Assert.ThrowsAny<ArgumentException>(() => Forest.Fit(none));
        Assert.Empty(Bits.Of(Forest.Fit(_context.Data.LoadFromEnumerable(Observations.Create(20))).Transform(none)));
    }

    [Fact]
    public void Names_of_slots_become_names_of_columns()
    {
        var data = _context.Data.LoadFromEnumerable(Mixed.Create(50).Where(row => !float.IsNaN(row.Amount)).Select(row => new { row.Amount, Count = (float)row.Count }));
        var model = _context.Transforms.Concatenate("Features", "Amount", "Count").Append(Forest).Fit(data);

        Assert.Equal(["Amount", "Count"], model.LastTransformer.Detector.Schema.ColumnNames);
    }

    public sealed class SparseObservation
    {
        [VectorType(Observations.Columns)]
        public VBuffer<float> Features { get; set; }
    }
}
