namespace AnomalyKit.Affine;

/// <summary>Maps rows by an <see cref="AffineMap"/>. All implementations give the same bits.</summary>
internal unsafe interface IAffineKernel
{
    /// <summary>Maps rows: images = W (row − center), in double.</summary>
    /// <param name="map">W and the center.</param>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="images">Receives <see cref="AffineMap.Stride"/> doubles a row; room for a multiple of four rows.</param>
    /// <param name="scratch">Room for four rows of <see cref="AffineMap.InputStride"/> doubles.</param>
    void Map(AffineMap map, float* rows, int count, double* images, double* scratch);
}
