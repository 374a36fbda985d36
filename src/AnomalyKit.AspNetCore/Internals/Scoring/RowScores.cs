using System.Runtime.InteropServices;
using System.Text.Json;
using AnomalyKit.Serving.Numbers;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Rows;

namespace AnomalyKit.Serving.Scoring;

/// <summary>Scores and reasons of the rows of one request.</summary>
internal sealed class RowScores(ServedModel model, ScoreQuery query, ScoringRequests requests, CancellationToken cancellationToken)
{
    private readonly List<float> _scores = [];
    private readonly ModelRequest _request = model.BeginRequest();
    private Dictionary<int, RowReasons>? _reasons;

    public RowExplainer Explainer { get; } = new(model, query, requests.Options);

    public ReadOnlySpan<float> Scores => CollectionsMarshal.AsSpan(_scores);

    public RowReasons? ReasonsOf(int row) => _reasons?.GetValueOrDefault(row);

    /// <summary>Scores rows. They are counted when all of them can be answered, or none of them is.</summary>
    public void Add(RowsText rows)
    {
        if (query.Explain == 0 && model.TakesValues && rows is { IsOneRow: false, AreArrays: true })
            AddValues(rows.Text);
        else
            AddCells(rows);
    }

    private void AddValues(ReadOnlySpan<byte> array)
    {
        using var values = new PooledValues(requests.Gate);
        var reader = new Utf8JsonReader(array);
        reader.Read();
        int count = JsonNumbers.ReadRows(ref reader, values, model.Columns, requests.Options.MaxRequestRows);
        CollectionsMarshal.SetCount(_scores, count);
        model.Score(values.Written, CollectionsMarshal.AsSpan(_scores), cancellationToken);
    }

    private void AddCells(RowsText rows)
    {
        using var batch = new RowBatch(model, requests.Gate);
        if (rows.IsOneRow)
        {
            batch.Add(rows.Text, 0);
        }
        else
        {
            var reader = new Utf8JsonReader(rows.Text);
            reader.Read();
            for (int row = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; row++)
            {
                if (row == requests.Options.MaxRequestRows)
                    throw BodyLimit.TooManyRows(row);
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                    throw JsonProblem.Unexpected(ref reader, row, null, "an object, or an array of cells,");
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                batch.Add(rows.Text[start..(int)reader.BytesConsumed], row);
                if (batch.IsFull)
                    Score(batch);
            }
        }

        Score(batch);
        _request.Complete();
    }

    private void Score(RowBatch batch)
    {
        if (batch.Count == 0)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        var table = batch.Read();
        int first = _scores.Count;
        CollectionsMarshal.SetCount(_scores, first + table.RowCount);
        var scores = CollectionsMarshal.AsSpan(_scores)[first..];
        try
        {
            _request.Score(table, scores, cancellationToken);
        }
        catch (TableDataException e)
        {
            throw batch.Numbered(e);
        }

        Explainer.Explain(table, scores, (row, reasons) => (_reasons ??= []).Add(first + row, reasons), cancellationToken);
        batch.Clear();
    }
}
