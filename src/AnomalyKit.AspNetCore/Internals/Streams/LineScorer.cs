using System.Buffers;
using System.Text.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Routes;
using AnomalyKit.Serving.Scoring;

namespace AnomalyKit.Serving.Streams;

/// <summary>Scores lines batch by batch, and writes one line for each, in order.</summary>
internal sealed class LineScorer(ServedModel model, RowExplainer explainer, IBufferWriter<byte> output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, JsonResponse.WriterOptions);
    private readonly ModelRequest _request = model.BeginRequest();
    private readonly List<(float Score, RowReasons? Reasons, RequestException? Problem)> _results = [];

    /// <summary>Scores a batch and writes its lines, without flushing them. Rows count once their lines are written.</summary>
    public void Run(LineBatch batch, CancellationToken cancellationToken)
    {
        _results.Clear();
        _request.Discard();
        explainer.Renew();
        try
        {
            if (batch.Rows.Count > 0)
                Score(batch.Rows.Read(), cancellationToken);
        }
        catch (Exception e) when (e is RequestException or TableDataException)
        {
            // A row that cannot be used must not take the others with it.
            _results.Clear();
            _request.Discard();
            ScoreOneByOne(batch, cancellationToken);
        }

        int row = 0;
        for (int i = 0; i < batch.Problems.Count; i++)
        {
            var result = batch.Problems[i] is { } problem ? (0, null, problem) : _results[row++];
            Write(batch.First + i, result);
        }

        _request.Complete();
    }

    /// <summary>Writes the line that ends a stream before its time: it names no row.</summary>
    public void WriteEnd(string error)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("error"u8, error);
        EndLine();
    }

    public void Dispose() => _json.Dispose();

    private void ScoreOneByOne(LineBatch batch, CancellationToken cancellationToken)
    {
        for (int row = 0; row < batch.Rows.Count; row++)
        {
            try
            {
                Score(batch.Rows.Read(row), cancellationToken);
            }
            catch (RequestException e)
            {
                _results.Add((0, null, e));
            }
            catch (TableDataException e)
            {
                _results.Add((0, null, batch.Rows.Numbered(e, row)));
            }
        }
    }

    private void Score(FeatureTable rows, CancellationToken cancellationToken)
    {
        float[] scores = new float[rows.RowCount];
        _request.Score(rows, scores, cancellationToken);
        int first = _results.Count;
        foreach (float score in scores)
            _results.Add((score, null, null));
        explainer.Explain(rows, scores, (row, reasons) => _results[first + row] = (scores[row], reasons, null), cancellationToken);
    }

    private void Write(long row, (float Score, RowReasons? Reasons, RequestException? Problem) result)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("row"u8, row);
        if (result.Problem is { } problem)
        {
            _json.WriteString("error"u8, ErrorWriter.Wellformed(problem.Message));
            if (problem.Column is { } column)
                _json.WriteString("column"u8, ErrorWriter.Wellformed(column));
        }
        else
        {
            ScoredRow.Write(_json, model, result.Score, result.Reasons);
        }

        EndLine();
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }
}
