using AnomalyKit.ML.Inputs;
using Microsoft.ML;

namespace AnomalyKit.ML.Estimating;

/// <summary>Fits on the vectors of one column.</summary>
internal sealed class VectorSource(IDetectorTrainer trainer, string columnName) : FitSource
{
    public override IEnumerable<string> ColumnNames => [columnName];

    protected override ScoreCalibration? Calibration => trainer.Calibration;

    public override DetectorInput Fit(IDataView data, FitOptions? options, CancellationToken cancellationToken)
    {
        var rows = VectorColumn.ReadAll(data, VectorColumn.Find(data.Schema, columnName), cancellationToken);
        return new VectorInput(trainer.Fit(rows, options, cancellationToken), columnName);
    }
}
