namespace AnomalyKit;

/// <summary>Scores rows on the calling thread: a detector's, or a model's that has no detector yet.</summary>
internal delegate void RowScorer(EncodedRows rows, Span<float> scores);
