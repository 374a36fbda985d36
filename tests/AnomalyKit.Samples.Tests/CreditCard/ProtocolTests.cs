using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Data;
using AnomalyKit.Samples.CreditCard.Protocols;
using AnomalyKit.Tests;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class ProtocolTests
{
    private static readonly FeatureMatrix Rows = SyntheticCreditCard.Generate(new SyntheticOptions { Rows = 5000 }, -1, null, default).Rows;

    [Fact]
    public void Reference_holds_out_50000_of_the_credit_card_rows() => Assert.Equal(50_000, ReferenceProtocol.HeldOut(284_807).Length);

    [Fact]
    public void Reference_keeps_the_other_rows_in_file_order()
    {
        var split = new ReferenceProtocol().Split(Rows, default);
        int[] heldOut = ReferenceProtocol.HeldOut(Rows.RowCount);
        int[] kept = [.. Enumerable.Range(0, Rows.RowCount).Except(heldOut)];
        Assert.Equal(878, heldOut.Length);
        Assert.Equal(kept.Length, split.Training.RowCount);
        Assert.Equal(Rows.Cells(heldOut[3]), split.Test.Cells(3));
        Assert.Equal(Rows.Cells(kept[^1]), split.Training.Cells(kept.Length - 1));
        Assert.Equal(Rows.Labels.Span[heldOut[5]], split.Test.Labels.Span[5]);
    }

    [Fact]
    public void Reference_standardises_with_all_rows()
    {
        var split = new ReferenceProtocol().Split(Rows, default);
        var expected = FeatureScaling.Standard.Fit(Rows, new FitContext());
        var actual = split.StandardScaling.Fit(split.Training, new FitContext());
        var cells = new float[2 * Rows.ColumnCount];
        expected.Apply(Rows.Cells(0), cells.AsSpan(0, Rows.ColumnCount));
        actual.Apply(Rows.Cells(0), cells.AsSpan(Rows.ColumnCount));
        Assert.Equal(cells[..Rows.ColumnCount], cells[Rows.ColumnCount..]);
    }

    [Fact]
    public void Only_the_reference_protocol_trains_on_normal_rows()
    {
        Assert.True(new ReferenceProtocol().Split(Rows, default).MayTrainOnNormalRows);
        Assert.False(new TemporalProtocol().Split(Rows, default).MayTrainOnNormalRows);
        Assert.False(new AllRowsProtocol().Split(Rows, default).MayTrainOnNormalRows);
    }

    [Fact]
    public void Normal_training_rows_are_the_training_rows_without_frauds()
    {
        var split = new ReferenceProtocol().Split(Rows, default);
        int frauds = split.Training.Labels.Span.Count(true);
        Assert.True(frauds > 0);
        Assert.Equal(split.Training.RowCount - frauds, split.NormalTraining.RowCount);
        Assert.False(split.NormalTraining.Labels.Span.Contains(true));
    }

    [Fact]
    public void Temporal_fits_on_the_first_half_and_scores_the_second()
    {
        var split = new TemporalProtocol().Split(Rows, default);
        Assert.Equal(2500, split.Training.RowCount);
        Assert.Equal(Rows.Cells(2499), split.Training.Cells(2499));
        Assert.Equal(Rows.Cells(2500), split.Test.Cells(0));
    }

    [Fact]
    public void All_rows_fits_and_scores_the_same_rows()
    {
        var split = new AllRowsProtocol().Split(Rows, default);
        Assert.Same(Rows, split.Training);
        Assert.Same(Rows, split.Test);
    }

    [Fact]
    public void Protocols_are_selected_by_name_in_their_order()
    {
        Assert.Equal(3, EvaluationProtocol.Select([], everything: true).Count);
        Assert.Equal(["reference"], EvaluationProtocol.Select([], everything: false).Select(protocol => protocol.Name));
        Assert.Equal(["reference", "all-rows"], EvaluationProtocol.Select(["all-rows", "reference"], everything: false).Select(protocol => protocol.Name));
        var error = Assert.Throws<SampleException>(() => EvaluationProtocol.Select(["random"], everything: false));
        Assert.Contains("'random'", error.Message, StringComparison.Ordinal);
        Assert.Contains("reference, temporal, all-rows", error.Message, StringComparison.Ordinal);
    }

    [DataFact(DataFiles.CreditCard)]
    public void Reference_holds_out_83_frauds_of_the_real_set()
    {
        var rows = FeatureMatrix.LoadCsv(DataFiles.Find(DataFiles.CreditCard)!, CreditCardFile.LabelColumn);
        var split = new ReferenceProtocol().Split(rows, default);
        Assert.Equal((50_000, 83), (split.Test.RowCount, split.Test.Labels.Span.Count(true)));
        Assert.Equal((234_807, 409), (split.Training.RowCount, split.Training.Labels.Span.Count(true)));
    }
}
