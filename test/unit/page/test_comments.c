#include "reading.h"
int main(void) {
    return 0;
}
