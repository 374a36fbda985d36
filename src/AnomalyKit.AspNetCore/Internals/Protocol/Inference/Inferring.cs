using System.Buffers;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Requests;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Scores requests of the protocol, of whichever transport: one model from beginning to end, within the limits.</summary>
internal sealed class Inferring(ScoringRequests requests)
{
    private const int ContributionBytes = 2 * sizeof(double);

    /// <summary>Scores a request on the calling thread. The caller has a place of the gate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request; its tensors are read here.</param>
    /// <param name="context">The request of HTTP, whose client may go away.</param>
    /// <returns>The result, to be disposed of once it was written.</returns>
    /// <exception cref="RequestException">Something in it cannot be used, or a limit is reached.</exception>
    /// <exception cref="TableDataException">A cell cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public InferResult Infer(ServedModel model, InferRequest request, HttpContext context)
    {
        var outputs = OutputChoice.Of(request, model);
        var rows = InputRows.Of(request, model);
        long bytes = BytesOf(rows, outputs, model);
        requests.Gate.ReserveBytes(bytes);
        try
        {
            var token = Contributes(outputs) ? context.RequestAborted : ClientGone.TokenFor(context, rows.RowCount);
            return Score(new InferResult(model, request, outputs, rows.RowCount), rows, token);
        }
        finally
        {
            requests.Gate.ReleaseBytes(bytes);
        }
    }

    private long BytesOf(InputRows rows, IReadOnlyList<RequestedOutput> outputs, ServedModel model)
    {
        if (rows.RowCount > requests.Options.MaxRequestRows)
            throw BodyLimit.TooManyRows(requests.Options.MaxRequestRows);
        long bytes = rows.DecodedBytes;
        if (Contributes(outputs))
            bytes += (long)rows.RowCount * model.Columns.ColumnCount * ContributionBytes;
        long max = requests.Options.MaxBufferedBytes;
        return bytes <= max
            ? bytes
            : throw new RequestException(StatusCodes.Status413PayloadTooLarge, $"The values of the request take {bytes} bytes, and those of all requests together may take {max}. Send fewer rows at a time.");
    }

    private InferResult Score(InferResult result, InputRows rows, CancellationToken cancellationToken)
    {
        try
        {
            bool contributes = Contributes(result.Outputs);
            if (result.Model.TakesValues && !contributes)
                ScoreValues(rows, result, cancellationToken);
            else
                ScoreTable(rows, result, contributes, cancellationToken);
            return result;
        }
        catch (TableDataException problem) when (rows.Matrix is { } matrix)
        {
            result.Dispose();
            throw new RequestException(StatusCodes.Status400BadRequest, $"Input '{Quoted.Text(matrix.Name)}': {Problem.Of(problem)!.Message}", problem) { Row = problem.Row, Column = problem.ColumnName };
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static void ScoreValues(InputRows rows, InferResult result, CancellationToken cancellationToken)
    {
        int count = rows.RowCount * result.Model.Columns.ColumnCount;
        double[] values = ArrayPool<double>.Shared.Rent(Math.Max(count, 1));
        try
        {
            rows.ReadValues(values.AsSpan(0, count));
            result.Model.Score(values.AsSpan(0, count), result.Scores, cancellationToken);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(values);
        }
    }

    private void ScoreTable(InputRows rows, InferResult result, bool contributes, CancellationToken cancellationToken)
    {
        var table = rows.Matrix is null ? rows.ReadTable() : MatrixTable.Read(rows, result.Model.Columns);
        var counted = result.Model.BeginRequest();
        counted.Score(table, result.Scores, cancellationToken);
        if (contributes)
            result.Contributions = RowContributions.Of(result.Model, ModelAttributors.Find(result.Model, out _)!, table, requests.Options, cancellationToken);
        counted.Complete();
    }

    private static bool Contributes(IReadOnlyList<RequestedOutput> outputs)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Name == OutputName.Contributions)
                return true;
        }

        return false;
    }
}
