namespace AnomalyKit.ContractTests.Hostile;

/// <summary>A way to spoil a model file.</summary>
internal enum Mutation
{
    FlipBits,
    Cut,
    Insert,
    Repeat,
    Overwrite,
    LieAboutTheHeaderLength,
    ReplaceNumber,
    ReplaceEqualNumbers,
    SwapNumbers,
    SwapOffsets,
    EditMembers,
    ReplaceText,
    ReplaceTypeOrShape,
    SpoilJson,
    FlipArrayBitsAndSeal,
    ReplaceElementsAndSeal,
    MoveElementsAndSeal,
    ResizeAndSeal,
    ReplaceNumbersResizeAndSeal,
}
