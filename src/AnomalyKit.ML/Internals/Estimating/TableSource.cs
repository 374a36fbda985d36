using AnomalyKit.ML.Cells;
using AnomalyKit.ML.Inputs;
using Microsoft.ML;

namespace AnomalyKit.ML.Estimating;

/// <summary>Fits on columns by name.</summary>
internal sealed class TableSource(TableTrainer trainer, TableLayout layout) : FitSource
{
    public override IEnumerable<string> ColumnNames => layout.Columns ?? [];

    protected override ScoreCalibration? Calibration => trainer.Trainer.Calibration;

    public override DetectorInput Fit(IDataView data, FitOptions? options, CancellationToken cancellationToken)
    {
        using var rows = new ViewRows(data, layout);
        var table = rows.Read(Array.MaxLength, cancellationToken) ?? throw new TableDataException("The data has no rows, so there is nothing to fit.");
        return new TableInput(trainer.Fit(table, options, cancellationToken));
    }
}
