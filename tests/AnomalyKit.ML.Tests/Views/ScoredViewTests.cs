using AnomalyKit.ML.Tests.Support;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Tests.Views;

public sealed class ScoredViewTests
{
    private const int Rows = 5000;

    private readonly MLContext _context = new();
    private readonly Observation[] _rows = Observations.Create(Rows);
    private readonly IDataView _data;
    private readonly DetectorTransformer _model;

    public ScoredViewTests()
    {
        _data = _context.Data.LoadFromEnumerable(_rows);
        _model = _context.AnomalyDetection.Trainers.IsolationForest(new() { TreeCount = 5 }).Fit(_context.Data.TakeRows(_data, 500));
    }

    [Fact]
    public void Columns_of_the_data_stay_with_their_rows()
    {
        float[] expected = _model.Detector.Score(Observations.Matrix(_rows));
        int row = 0;
        using var cursor = _model.Transform(_data).GetRowCursor(_model.Transform(_data).Schema);
        var schema = cursor.Schema;
        var (vector, id, score, rowId) = (cursor.GetGetter<VBuffer<float>>(schema["Features"]), cursor.GetGetter<ReadOnlyMemory<char>>(schema["Id"]), cursor.GetGetter<float>(schema["Score"]), cursor.GetIdGetter());
        var (values, name, value, number) = (default(VBuffer<float>), default(ReadOnlyMemory<char>), 0f, default(DataViewRowId));
        while (cursor.MoveNext())
        {
            vector(ref values);
            id(ref name);
            score(ref value);
            rowId(ref number);
            Assert.Equal(row, cursor.Position);
            Assert.Equal(_rows[row].Features, values.DenseValues());
            Assert.Equal(_rows[row].Id, name.ToString());
            Assert.Equal(expected[row], value);
            Assert.Equal((ulong)row, number.Low);
            row++;
        }

        Assert.Equal(Rows, row);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void A_vector_that_was_handed_out_belongs_to_its_taker()
    {
        var scored = _model.Transform(_data);
        var vectors = new List<VBuffer<float>>();
        using var cursor = scored.GetRowCursor(scored.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        while (cursor.MoveNext())
        {
            var values = default(VBuffer<float>);
            getter(ref values);
            vectors.Add(values);
        }

        Assert.Equal(_rows.SelectMany(row => row.Features), vectors.SelectMany(values => values.DenseValues()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Several_cursors_share_the_rows(int cursors)
    {
        var scored = _model.Transform(_context.Data.Cache(_data));
        var set = scored.GetRowCursorSet([scored.Schema["Score"], scored.Schema["Id"]], cursors);
        var found = new Dictionary<string, float>();
        foreach (var cursor in set)
        {
            var (id, score) = (cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Id"]), cursor.GetGetter<float>(scored.Schema["Score"]));
            var (name, value) = (default(ReadOnlyMemory<char>), 0f);
            while (cursor.MoveNext())
            {
                id(ref name);
                score(ref value);
                found.Add(name.ToString(), value);
            }

            cursor.Dispose();
        }

        float[] expected = _model.Detector.Score(Observations.Matrix(_rows));
        Assert.Equal(Rows, found.Count);
        Assert.All(_rows.Zip(expected), pair => Assert.Equal(pair.Second, found[pair.First.Id]));
    }

    [Fact]
    public void Who_does_not_ask_for_scores_pays_for_none()
    {
        _rows[100].Features[1] = float.NaN;
        var scored = _model.Transform(_data);

        Assert.Equal(_rows.Select(row => row.Id), scored.GetColumn<string>("Id"));
        Assert.Throws<FeatureDataException>(() => scored.GetColumn<float>("Score").Count());
    }

    [Fact]
    public void After_an_error_there_are_no_more_rows()
    {
        _rows[100].Features[1] = float.NaN;
        var scored = _model.Transform(_data);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        var score = cursor.GetGetter<float>(scored.Schema["Score"]);
        float value = 0;

        Assert.Throws<FeatureDataException>(() =>
        {
            while (cursor.MoveNext())
                score(ref value);
        });

        Assert.Throws<InvalidOperationException>(() => score(ref value));
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void Few_rows_are_read_for_who_looks_at_few()
    {
        int read = 0;
        var counted = _context.Data.LoadFromEnumerable(_rows.Select(row =>
        {
            read++;
            return row;
        }));

        var preview = _model.Transform(counted).Preview(maxRows: 5);

        Assert.Equal(5, preview.RowView.Length);
        Assert.InRange(read, 1, 100);
    }

    [Fact]
    public void Of_wide_rows_fewer_wait()
    {
        const int Width = 300_000;
        int read = 0;
        var wide = new float[Width];
        var data = _context.Data.LoadFromEnumerable(_rows[..40].Select(row =>
        {
            read++;
            return new WideObservation { Features = row.Features, Wide = wide };
        }));
        var scored = _model.Transform(data);
        using var cursor = scored.GetRowCursor(scored.Schema);

        Assert.True(cursor.MoveNext());

        Assert.InRange(read, 10, 16);
        Assert.Equal(Bits.Of(_model.Detector.Score(Observations.Matrix(_rows[..40]))), Bits.Of(scored));
    }

    [Fact]
    public void Rows_can_be_filtered_and_shuffled_by_their_scores()
    {
        var scored = _model.Transform(_context.Data.ShuffleRows(_context.Data.TakeRows(_data, 1000), seed: 1));

        var anomalies = _context.Data.CreateEnumerable<Scored>(_context.Data.FilterRowsByColumn(scored, "Score", lowerBound: _model.Detector.Threshold), reuseRowObject: false).ToArray();

        float[] expected = _model.Detector.Score(Observations.Matrix(_rows[..1000]));
        Assert.Equal(expected.Count(score => score >= _model.Detector.Threshold), anomalies.Length);
        Assert.All(anomalies, anomaly => Assert.Equal(_model.Detector.Score(anomaly.Features), anomaly.Score));
    }

    [Fact]
    public void A_cursor_has_only_what_was_asked_for()
    {
        var scored = _model.Transform(_data);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.False(cursor.IsColumnActive(scored.Schema["Features"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["PredictedLabel"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(scored.Schema["Score"]));
        float value = 0;
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Score"])(ref value));
        Assert.Throws<ArgumentException>(() => scored.GetRowCursor([_context.Data.LoadFromEnumerable(Mixed.Create(1)).Schema["Amount"]]));
    }

    [Fact]
    public void Columns_of_the_same_name_are_hidden()
    {
        var twice = _model.Transform(_model.Transform(_data));

        Assert.Equal(2, twice.Schema.Count(column => column.Name == "Score"));
        Assert.Equal(Bits.Of(_model.Transform(_data)), Bits.Of(twice));
    }

    public sealed class WideObservation
    {
        [VectorType(Observations.Columns)]
        public float[] Features { get; set; } = [];

        [VectorType(300_000)]
        public float[] Wide { get; set; } = [];
    }

    public sealed class Scored
    {
        [VectorType(Observations.Columns)]
        public float[] Features { get; set; } = [];

        public float Score { get; set; }
    }
}
