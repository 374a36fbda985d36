namespace AnomalyKit.Onnx.Files;

/// <summary>The outputs of a file.</summary>
internal static class OutputPlan
{
    public const string Score = TableDetector.ScoreColumn;

    public const string Label = TableDetector.DecisionColumn;

    public const string PValue = TableDetector.PValueColumn;

    public const string CalibratedScore = "calibrated_score";

    public const string MemberScores = "member_scores";

    public static IReadOnlyList<OnnxTensor> Of(IAnomalyDetector detector, OnnxOptions options)
    {
        var outputs = new List<OnnxTensor> { new(options.OutputPrefix + Score, OnnxElementType.SinglePrecision, 1), new(options.OutputPrefix + Label, OnnxElementType.Boolean, 1) };
        if (detector.Calibrator is TailCalibrator)
            outputs.Add(new OnnxTensor(options.OutputPrefix + PValue, OnnxElementType.DoublePrecision, 1));
        if (options.IncludeCalibratedScore)
            outputs.Add(new OnnxTensor(options.OutputPrefix + CalibratedScore, OnnxElementType.DoublePrecision, 1));
        if (options.IncludeMemberScores && detector is EnsembleDetector ensemble)
            outputs.Add(new OnnxTensor(options.OutputPrefix + MemberScores, OnnxElementType.SinglePrecision, ensemble.Members.Count));
        return outputs;
    }
}
