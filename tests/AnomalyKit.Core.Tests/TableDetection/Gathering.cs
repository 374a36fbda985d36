namespace AnomalyKit.Core.Tests.TableDetection;

/// <summary>Keeps what is written.</summary>
internal sealed class Gathering : TableWriter
{
    public List<FeatureTable> Batches { get; } = [];

    public override long RowCount => Batches.Sum(batch => batch.RowCount);

    public override void Write(FeatureTable batch, CancellationToken cancellationToken = default) => Batches.Add(batch);

    public override void Complete()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
